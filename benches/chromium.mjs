// What the benchmarks in Chromium import.

import { createRequire } from 'node:module';

export const { chromium } = createRequire(new URL('../end2end/package.json', import.meta.url))('playwright-core');
export { launchOptions } from '../end2end/chromium.js';
export { Server } from '../end2end/server.js';
