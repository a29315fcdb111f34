import { collect, completed, failed, setFocus, recordAlerts, running, openTabs } from '../alerting.js';
import { expect, open, openPanel, row, test, tray } from '../fixtures.js';

const toasts = (page) => page.locator('#toasts [data-toast]');

/** After this time no further delivery of an alert is attempted. */
const SETTLED_MILLIS = 5000;

/** Switches sound and desktop notifications on, and records what the tabs play and show. */
async function enableAlerts(context, server) {
  await recordAlerts(context);
  await server.call('PUT', '/me/settings', { sound: true, desktop: true });
}

/** Expects one success sound, which is two notes, among all of these tabs, and none after it. */
async function expectOneSound(pages) {
  await expect.poll(() => collect(pages, 'notes')).toHaveLength(2);
  await pages[0].waitForTimeout(SETTLED_MILLIS);
  expect(await collect(pages, 'notes')).toHaveLength(2);
}

test('a tab that never releases the lock is skipped', async ({ context, server }) => {
  await enableAlerts(context, server);
  const job = await running(server, 'Baking bread');
  const stuck = await context.newPage();
  await stuck.goto('/healthz');
  await stuck.evaluate(() => new Promise((held) => {
    navigator.locks.request('jobtray-sound-0', () => {
      held();
      return new Promise(() => {});
    });
  }));
  const open = await openTabs(context, 2);
  await server.report(job, completed);
  await expectOneSound(open);
});

test('a frozen tab delivers no alert when it wakes up', async ({ context, server }) => {
  await enableAlerts(context, server);
  const job = await running(server, 'Baking bread');
  const open = await openTabs(context, 3);
  const frozen = await context.newCDPSession(open[0]);
  // The tab stops at its next statement, which handles the message about the end.
  await frozen.send('Debugger.enable');
  await frozen.send('Debugger.pause');
  await server.report(job, completed);
  await expectOneSound(open.slice(1));
  await frozen.send('Debugger.resume');
  await expect(row(open[0], job)).toHaveAttribute('data-state', 'completed');
  await expectOneSound(open);
});

test('when a tab crashes as a job ends, another one delivers the alert', async ({ context, server }) => {
  await enableAlerts(context, server);
  const jobs = [await running(server, 'One'), await running(server, 'Two')];
  const [first, ...left] = await openTabs(context, 3);
  const crashed = first.waitForEvent('crash');
  // While the other job runs, all tabs wait so that they can merge the ends. One of them waits with the lock.
  await server.report(jobs[0], completed);
  const crash = await context.newCDPSession(first);
  crash.send('Page.crash').catch(() => {});
  await crashed;
  await expect.poll(async () => (await collect(left, 'notes')).length).toBeGreaterThanOrEqual(2);
  await left[0].waitForTimeout(SETTLED_MILLIS);
  expect(await collect(left, 'notes')).toHaveLength(2);
});

test('an end that arrives more than 30 s late is shown without a sound', async ({ page, context, server, consoleErrors }) => {
  test.slow();
  // Chromium also reports an attempt that is abandoned for a new one when the network is back.
  consoleErrors.expected.push(/ERR_INTERNET_DISCONNECTED/, /WebSocket is closed before the connection is established/);
  await enableAlerts(context, server);
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
  await expect.poll(() => collect([page], 'notes'), 'the late end is silent, the other one is not').toHaveLength(2);
  await expect(toasts(page)).toHaveCount(2);
  await page.waitForTimeout(SETTLED_MILLIS);
  expect(await collect([page], 'notes')).toHaveLength(2);
});

test('an end after a restart of the server alerts once', async ({ context, server }) => {
  await enableAlerts(context, server);
  await server.call('PUT', '/me/settings', { sound: true, toastSeconds: 30 });
  const job = await running(server, 'Baking bread');
  const open = await openTabs(context, 2);
  await server.stop();
  await server.start();
  await server.report(job, completed);
  await expectOneSound(open);
  await expect(toasts(open[0])).toHaveCount(1);
  await server.stop();
  await server.start();
  await expect(tray(open[0])).toHaveAttribute('data-status', 'idle', { timeout: 20_000 });
  await expectOneSound(open);
});

test('a clock that is an hour off, or is corrected, changes nothing', async ({ page, context, server }) => {
  await enableAlerts(context, server);
  await context.addInitScript(() => {
    const now = Date.now.bind(Date);
    window.clockError = 3_600_000;
    Date.now = () => now() + window.clockError;
  });
  const jobs = [await running(server, 'Baking bread'), await running(server, 'Baking cake')];
  await open(page, '/');
  await page.keyboard.press('Shift');
  await openPanel(page);
  await expect(row(page, jobs[0]).locator('.elapsed')).toHaveText(/^0:\d\d$/);
  await server.report(jobs[0], completed);
  await expect.poll(() => collect([page], 'notes')).toHaveLength(2);
  await page.evaluate(() => (window.clockError = -3_600_000));
  await page.waitForTimeout(3000);
  await expect(row(page, jobs[1]).locator('.elapsed')).toHaveText(/^0:\d\d$/);
  await server.report(jobs[1], completed);
  await expect.poll(() => collect([page], 'notes')).toHaveLength(4);
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
  test(`with ${what} storage an end still alerts exactly once`, async ({ context, server }) => {
    await enableAlerts(context, server);
    await context.addInitScript(storage);
    const job = await running(server, 'Baking bread');
    const open = await openTabs(context, 3);
    for (const tab of open) await setFocus(tab, false);
    await server.report(job, completed);
    await expectOneSound(open);
    expect(await collect(open, 'notifications')).toHaveLength(1);
  });
}

test('a browser without sound and notifications works, and the page says what is missing', async ({ page, context, server }) => {
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

test('where a page cannot create a notification, its service worker does', async ({ page, context, server }) => {
  await context.grantPermissions(['notifications']);
  await context.addInitScript(() => {
    window.notifications = [];
    const Real = window.Notification;
    window.Notification = new Proxy(Real, {
      construct() {
        throw new TypeError('Illegal constructor. Use ServiceWorkerRegistration.showNotification() instead.');
      },
    });
    ServiceWorkerRegistration.prototype.showNotification = async function (title, options) {
      window.notifications.push({ title, tag: options.tag, href: options.data });
    };
  });
  await server.call('PUT', '/me/settings', { desktop: true });
  const job = await running(server, 'Baking bread');
  await open(page, '/');
  await setFocus(page, false);
  await server.report(job, completed);
  await expect.poll(() => collect([page], 'notifications')).toEqual([
    expect.objectContaining({ title: 'Baking bread is ready', tag: `${job.jobId}.1.completed` }),
  ]);
});
