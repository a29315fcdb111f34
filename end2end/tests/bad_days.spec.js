import { all, completed, failed, focus, instrument, running, tabs } from '../alerting.js';
import { expect, open, openPanel, row, test, tray } from '../fixtures.js';

const toasts = (page) => page.locator('#toasts [data-toast]');

/** Later rounds of telling have passed after this: nothing more can come. */
const ROUNDS_MILLIS = 5000;

/** Sound is on, and what the tabs play is counted. */
async function loud(context, server) {
  await instrument(context);
  await server.call('PUT', '/me/settings', { sound: true, desktop: true });
}

/** One sound of a success among all of these tabs, which is two notes, and none after it. */
async function heardOnce(pages) {
  await expect.poll(() => all(pages, 'heard')).toHaveLength(2);
  await pages[0].waitForTimeout(ROUNDS_MILLIS);
  expect(await all(pages, 'heard')).toHaveLength(2);
}

test('a tab that has the turn and never gives it back is passed over', async ({ context, server }) => {
  await loud(context, server);
  const job = await running(server, 'Baking bread');
  const stuck = await context.newPage();
  await stuck.goto('/healthz');
  await stuck.evaluate(() => new Promise((held) => {
    navigator.locks.request('jobtray-sound-0', () => {
      held();
      return new Promise(() => {});
    });
  }));
  const open = await tabs(context, 2);
  await server.report(job, completed);
  await heardOnce(open);
});

test('a frozen tab tells nothing when it wakes up', async ({ context, server }) => {
  await loud(context, server);
  const job = await running(server, 'Baking bread');
  const open = await tabs(context, 3);
  const frozen = await context.newCDPSession(open[0]);
  // It stops at its next step, which is to hear of the end.
  await frozen.send('Debugger.enable');
  await frozen.send('Debugger.pause');
  await server.report(job, completed);
  await heardOnce(open.slice(1));
  await frozen.send('Debugger.resume');
  await expect(row(open[0], job)).toHaveAttribute('data-state', 'completed');
  await heardOnce(open);
});

test('a tab crashes at the moment of an end, and another tells it', async ({ context, server }) => {
  await loud(context, server);
  const jobs = [await running(server, 'One'), await running(server, 'Two')];
  const [first, ...left] = await tabs(context, 3);
  const crashed = first.waitForEvent('crash');
  // The other job may end at any moment: all tabs wait for it, and one of them for the turn.
  await server.report(jobs[0], completed);
  const crash = await context.newCDPSession(first);
  crash.send('Page.crash').catch(() => {});
  await crashed;
  await expect.poll(async () => (await all(left, 'heard')).length).toBeGreaterThanOrEqual(2);
  await left[0].waitForTimeout(ROUNDS_MILLIS);
  expect(await all(left, 'heard')).toHaveLength(2);
});

test('after half a minute without news an end is shown, and startles nobody', async ({ page, context, server, troubles }) => {
  test.slow();
  // Chromium also says so of an attempt that is given up for a better one once the network is back.
  troubles.expected.push(/ERR_INTERNET_DISCONNECTED/, /WebSocket is closed before the connection is established/);
  await loud(context, server);
  const jobs = [await running(server, 'Baking bread'), await running(server, 'Baking cake')];
  await open(page, '/');
  await page.keyboard.press('Shift');
  await context.setOffline(true);
  await expect(tray(page)).toHaveAttribute('data-status', 'offline', { timeout: 15_000 });
  await server.report(jobs[0], failed);
  await page.waitForTimeout(31_000);
  await server.report(jobs[1], completed);
  await context.setOffline(false);
  const digest = page.locator('#toasts [data-toast="digest"]');
  await expect(digest.getByRole('link')).toHaveText(['Baking bread'], { timeout: 15_000 });
  await expect.poll(() => all([page], 'heard'), 'the late one is silent, the other is told').toHaveLength(2);
  await expect(toasts(page)).toHaveCount(2);
  await page.waitForTimeout(ROUNDS_MILLIS);
  expect(await all([page], 'heard')).toHaveLength(2);
});

test('an end across a restart of the server is told once', async ({ context, server }) => {
  await loud(context, server);
  await server.call('PUT', '/me/settings', { sound: true, toastSeconds: 30 });
  const job = await running(server, 'Baking bread');
  const open = await tabs(context, 2);
  await server.stop();
  await server.start();
  await server.report(job, completed);
  await heardOnce(open);
  await expect(toasts(open[0])).toHaveCount(1);
  await server.stop();
  await server.start();
  await expect(tray(open[0])).toHaveAttribute('data-status', 'idle', { timeout: 20_000 });
  await heardOnce(open);
});

test('a clock that is wrong by an hour, or is set right, changes nothing', async ({ page, context, server }) => {
  await loud(context, server);
  await context.addInitScript(() => {
    const now = Date.now.bind(Date);
    window.wrong = 3_600_000;
    Date.now = () => now() + window.wrong;
  });
  const jobs = [await running(server, 'Baking bread'), await running(server, 'Baking cake')];
  await open(page, '/');
  await page.keyboard.press('Shift');
  await openPanel(page);
  await expect(row(page, jobs[0]).locator('.elapsed')).toHaveText(/^0:\d\d$/);
  await server.report(jobs[0], completed);
  await expect.poll(() => all([page], 'heard')).toHaveLength(2);
  await page.evaluate(() => (window.wrong = -3_600_000));
  await page.waitForTimeout(3000);
  await expect(row(page, jobs[1]).locator('.elapsed')).toHaveText(/^0:\d\d$/);
  await server.report(jobs[1], completed);
  await expect.poll(() => all([page], 'heard')).toHaveLength(4);
  await expect(page.locator('#toasts [data-toast="digest"]')).toHaveCount(0);
});

for (const [what, storage] of [
  ['forbidden', () => Object.defineProperty(window, 'localStorage', {
    get: () => { throw new DOMException('no', 'SecurityError'); },
  })],
  ['full', () => {
    Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
  }],
]) {
  test(`storage that is ${what} keeps no end from being told once`, async ({ context, server }) => {
    await loud(context, server);
    await context.addInitScript(storage);
    const job = await running(server, 'Baking bread');
    const open = await tabs(context, 3);
    for (const tab of open) await focus(tab, false);
    await server.report(job, completed);
    await heardOnce(open);
    expect(await all(open, 'shown')).toHaveLength(1);
  });
}

test('a browser without sound and notifications goes on, and says what it lacks', async ({ page, context, server }) => {
  await context.addInitScript(() => {
    for (const name of ['AudioContext', 'webkitAudioContext', 'Notification']) delete window[name];
  });
  await server.call('PUT', '/me/settings', { sound: true, desktop: true });
  const job = await running(server, 'Baking bread');
  await open(page, '/settings');
  await page.keyboard.press('Shift');
  await server.report(job, completed);
  await expect(toasts(page)).toContainText('Baking bread is ready');
  await openPanel(page);
  await expect(page.locator('#sound-toggle')).toHaveAttribute('title', /not available/);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Test my alerts' }).click();
  const found = page.locator('.found');
  await expect(found.getByText(/^Sound: /).filter({ visible: true })).toHaveText(/browser/);
  await expect(found.getByText(/^Desktop: /).filter({ visible: true })).toHaveText(/browser/);
});

test('where a page may not notify by itself, its worker does', async ({ page, context, server }) => {
  await context.grantPermissions(['notifications']);
  await context.addInitScript(() => {
    window.shown = [];
    const Real = window.Notification;
    window.Notification = new Proxy(Real, {
      construct() {
        throw new TypeError('Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.');
      },
    });
    ServiceWorkerRegistration.prototype.showNotification = async function (title, options) {
      window.shown.push({ title, tag: options.tag, href: options.data });
    };
  });
  await server.call('PUT', '/me/settings', { desktop: true });
  const job = await running(server, 'Baking bread');
  await open(page, '/');
  await focus(page, false);
  await server.report(job, completed);
  await expect.poll(() => all([page], 'shown')).toEqual([
    expect.objectContaining({ title: 'Baking bread is ready', tag: `${job.jobId}.1.completed` }),
  ]);
});
