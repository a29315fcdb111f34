import { expect, test as base } from '@playwright/test';
import { Server } from './server.js';

export { expect };

/**
 * Every test gets its own server with its own data, and a page that must stay free of
 * console errors, console warnings and exceptions. `troubles.expected` takes patterns of
 * those that a test brings about on purpose.
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

  troubles: async ({}, use) => {
    const troubles = { seen: [], expected: [] };
    await use(troubles);
    const surprising = troubles.seen.filter((seen) => !troubles.expected.some((known) => known.test(seen)));
    expect(surprising, 'errors and warnings in the browser').toEqual([]);
  },

  page: async ({ page, troubles }, use) => {
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) {
        troubles.seen.push(`${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    page.on('pageerror', (error) => troubles.seen.push(`exception: ${error.message}`));
    await use(page);
  },
});

/** What the browser says of a server that goes away: while it is asked, in the middle of its answer, or before. */
export const GONE =
  /ERR_CONNECTION_RE(FUSED|SET)|ERR_EMPTY_RESPONSE|ERR_CONTENT_LENGTH_MISMATCH|ERR_INCOMPLETE_CHUNKED_ENCODING|WebSocket connection to/;

/** Opens a page and waits until it is live: its socket opens only after it was hydrated. */
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

/** Every view that stands on an empty database's demo studio. */
export async function views(server) {
  const { items: characters } = await server.call('GET', '/characters');
  const { items: scenes } = await server.call('GET', '/scenes');
  return ['/', '/characters', `/characters/${characters[0].id}`, `/scenes/${scenes[0].id}`, '/stories', '/vessels', '/learn', '/jobs', '/settings'];
}

/** The pages of a film, a story, a tree of parts and a plan of stages, really made. */
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
