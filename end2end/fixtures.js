import { expect, test as base } from '@playwright/test';
import { Server } from './server.js';

export { expect };

/**
 * Every test gets its own server with its own data, and a page that must stay free of
 * console errors, console warnings and exceptions. `consoleErrors.expected` takes patterns of
 * those that a test causes on purpose.
 */
export const test = base.extend({
  server: async ({}, use, info) => {
    const server = new Server();
    await server.start();
    await use(server);
    await server.remove();
    if (info.status !== info.expectedStatus) await info.attach('server log', { body: server.log });
  },

  baseURL: async ({ server }, use) => use(server.url),

  consoleErrors: async ({}, use) => {
    const consoleErrors = { seen: [], expected: [] };
    await use(consoleErrors);
    const unexpected = consoleErrors.seen.filter((seen) => !consoleErrors.expected.some((pattern) => pattern.test(seen)));
    expect(unexpected, 'errors and warnings in the browser').toEqual([]);
  },

  page: async ({ page, consoleErrors }, use) => {
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        consoleErrors.seen.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on('pageerror', (error) => consoleErrors.seen.push(`exception: ${error.message}`));
    await use(page);
  },
});

/** The browser's errors when a server goes away before a request, during it, or during the response. */
export const CONNECTION_ERRORS =
  /ERR_CONNECTION_RE(FUSED|SET)|ERR_EMPTY_RESPONSE|ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING|WebSocket connection to/;

/** Opens a page and waits until it is live: the socket opens after hydration. */
export async function open(page, path) {
  const socket = page.waitForEvent('websocket');
  await page.goto(path);
  await socket;
}

export const tray = (page) => page.locator('#job-tray');

/** A job's row in the panel. */
export const row = (page, job) => page.locator(`#job-tray-panel [data-job-id="${job.jobId}"]`);

export async function openPanel(page) {
  await tray(page).click();
  await expect(page.locator('#job-tray-panel')).toBeVisible();
}

/** The path of every view of the demo studio, which an empty database starts with. */
export async function views(server) {
  const { items: characters } = await server.call('GET', '/characters');
  const { items: scenes } = await server.call('GET', '/scenes');
  return ['/', '/characters', `/characters/${characters[0].id}`, `/scenes/${scenes[0].id}`, '/stories', '/vessels', '/learn', '/jobs', '/settings'];
}

/** Runs a job of each kind with a page, and returns the paths of those pages. */
export async function results(server) {
  const { items: scenes } = await server.call('GET', '/scenes');
  const started = [
    await server.call('POST', '/jobs', { type: 'scene', input: { sceneId: scenes[0].id, seconds: 1, width: 320, height: 180 } }),
    await server.call('POST', '/jobs', { type: 'story', input: { prompt: 'A lighthouse', chapters: 2 } }),
    await server.call('POST', '/jobs', { type: 'part_tree', input: { craft: 'Heron.craft' } }),
    await server.call('POST', '/jobs', { type: 'stage_plan', input: { craft: 'Orchard.craft' } }),
  ];
  const pages = [];
  for (const { jobId } of started) {
    const page = async () => (await server.job(jobId)).result?.page;
    await expect.poll(page, { timeout: 40_000 }).toBeTruthy();
    pages.push(await page());
  }
  return pages;
}
