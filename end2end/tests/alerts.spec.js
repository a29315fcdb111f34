import { collect, completed, failed, setFocus, recordAlerts, running, openTabs } from '../alerting.js';
import { expect, open, openPanel, test, tray } from '../fixtures.js';

/** Completes a job while no tab has the focus, and waits until no further alert can come. */
async function endUnseen(server, context, count) {
  await server.call('PUT', '/me/settings', { sound: true, desktop: true });
  const job = await running(server, 'Baking bread');
  const open = await openTabs(context, count);
  for (const tab of open) await setFocus(tab, false);
  await server.report(job, completed);
  await expect.poll(() => collect(open, 'notifications')).toHaveLength(1);
  await expect.poll(() => collect(open, 'notes')).toHaveLength(2);
  await open[0].waitForTimeout(5000);
  return { job, notifications: await collect(open, 'notifications'), notes: await collect(open, 'notes') };
}

test('five tabs play one sound and show one notification when a job ends', async ({ context, server }) => {
  await recordAlerts(context);
  const { job, notifications, notes } = await endUnseen(server, context, 5);
  expect(notifications).toHaveLength(1);
  expect(notifications[0]).toMatchObject({ title: 'Baking bread is ready', tag: `${job.jobId}.1.completed` });
  expect(notes).toHaveLength(2);
});

test('without the Web Locks API, tabs elect one that alerts', async ({ context, server }) => {
  await recordAlerts(context);
  await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
  const { notifications, notes } = await endUnseen(server, context, 3);
  expect([notifications.length, notes.length]).toEqual([1, 2]);
});

/** The similarity of two sounds, from 0 to 1: the cosine of their loudness by time and pitch. */
function similarity(one, other) {
  const dot = (a, b) => a.reduce((sum, value, at) => sum + value * b[at], 0);
  return dot(one, other) / Math.sqrt(dot(one, one) * dot(other, other));
}

test('each sound differs audibly from all others', async ({ page, server }) => {
  // Renders the sound offline, and measures how loud each pitch is in each eighth of it.
  await page.addInitScript(() => {
    const rate = 22_050;
    window.AudioContext = class extends OfflineAudioContext {
      constructor() {
        super(1, 2 * rate, rate);
        window.rendered = this;
      }
      get state() {
        return 'running';
      }
      resume() {
        return Promise.resolve();
      }
    };
    window.analyze = async () => {
      const samples = (await window.rendered.startRendering()).getChannelData(0);
      const loudness = [];
      const part = Math.floor(samples.length / 8);
      for (let start = 0; start + part <= samples.length; start += part) {
        for (let pitch = 0; pitch < 48; pitch += 1) {
          const turn = (2 * Math.PI * 130 * 2 ** (pitch / 12)) / rate;
          let [x, y] = [0, 0];
          for (let at = 0; at < part; at += 1) {
            x += samples[start + at] * Math.cos(turn * at);
            y += samples[start + at] * Math.sin(turn * at);
          }
          loudness.push(Math.hypot(x, y));
        }
      }
      return { loudness, loudest: samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) };
    };
  });
  const sounds = [];
  for (const name of ['chime', 'bell', 'marimba', 'pulse', 'soft', 'alarm']) {
    await server.call('PUT', '/me/settings', { successSound: name });
    await open(page, '/settings');
    await expect(page.locator('html[data-live]')).toBeVisible();
    await page.getByRole('button', { name: 'Preview' }).first().click();
    await page.waitForFunction(() => window.rendered);
    const { loudness, loudest } = await page.evaluate(() => window.analyze());
    expect(loudest, `${name} is audible`).toBeGreaterThan(0.02);
    expect(loudest, name).toBeLessThanOrEqual(1);
    for (const [other, before] of sounds) expect(similarity(loudness, before), `${name} and ${other}`).toBeLessThan(0.8);
    sounds.push([name, loudness]);
  }
});

test('a tab with the focus plays the sound but shows no desktop notification', async ({ context, server }) => {
  await recordAlerts(context);
  await server.call('PUT', '/me/settings', { sound: true, desktop: true });
  const job = await running(server, 'Baking bread');
  const open = await openTabs(context, 2);
  await setFocus(open[0], true);
  await setFocus(open[1], false);
  await server.report(job, failed);
  await expect.poll(() => collect(open, 'notes')).toHaveLength(3);
  expect(await collect(open, 'notifications')).toHaveLength(0);
});

test('several ends at once play one sound, which is that of the failure', async ({ context, server }) => {
  await recordAlerts(context);
  await server.call('PUT', '/me/settings', { sound: true, successSound: 'soft', failureSound: 'bell' });
  const jobs = [];
  for (const name of ['One', 'Two', 'Three', 'Four']) jobs.push(await running(server, name));
  const [tab] = await openTabs(context, 1);
  for (const job of jobs.slice(0, 3)) await server.report(job, completed);
  await server.report(jobs[3], failed);
  await expect.poll(() => collect([tab], 'notes')).toHaveLength(3);
  const [first] = await collect([tab], 'notes');
  expect(first).toBeCloseTo(523.3, 0);
});

test('when the tab that holds the lock is closed, another one plays the sound', async ({ context, server }) => {
  await recordAlerts(context);
  await server.call('PUT', '/me/settings', { sound: true });
  const jobs = [await running(server, 'One'), await running(server, 'Two')];
  const open = await openTabs(context, 3);
  await server.report(jobs[0], completed);
  // While another job runs, the tabs wait before they play, so that they can merge the ends.
  await open[0].close();
  const left = open.slice(1);
  await expect.poll(() => collect(left, 'notes')).toHaveLength(2);
});

test('the sound switch turns the sound on, plays it, and is saved', async ({ page, server, context }) => {
  await recordAlerts(context);
  await open(page, '/');
  await openPanel(page);
  const toggle = page.locator('#sound-toggle');
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  expect((await server.call('GET', '/me/settings')).sound).toBe(true);
  await expect.poll(() => collect([page], 'notes'), 'switching on plays the sound').toHaveLength(2);
  await page.reload();
  await openPanel(page);
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
});

test('the title shows the running job while the page is in the background', async ({ page, server }) => {
  const job = await running(server, 'X121 — Generating Scene 3');
  await open(page, '/');
  const own = await page.title();
  await setFocus(page, false);
  await expect.poll(() => page.title()).toBe('[73%] X121 — Generating Scene 3');
  await server.report(job, { progress: 0.8 });
  await expect.poll(() => page.title()).toBe('[80%] X121 — Generating Scene 3');
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /^data:image\/svg\+xml,.*'80 100'/);
  await page.getByRole('navigation').getByRole('link', { name: 'Stories' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Stories' })).toBeVisible();
  expect(await page.title()).toBe('[80%] X121 — Generating Scene 3');
  await setFocus(page, true);
  await expect.poll(() => page.title()).toBe('Stories · jobtray');
  await setFocus(page, false);
  await server.report(job, completed);
  await expect.poll(() => page.title()).toBe('Stories · jobtray');
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /m10 16.5/);
  expect(own).not.toContain('%');
});

test('the panel shows my jobs or those of the studio, and remembers which', async ({ page, server }) => {
  await open(page, '/');
  await openPanel(page);
  const studio = page.getByRole('button', { name: 'Studio', exact: true });
  await expect(studio).toHaveAttribute('aria-pressed', 'false');
  const socket = page.waitForEvent('websocket');
  await studio.click();
  await expect(studio).toHaveAttribute('aria-pressed', 'true');
  expect((await socket).url()).toContain('scope=studio');
  const job = await running(server, 'Baking bread');
  await expect(page.locator(`#job-tray-panel [data-job-id="${job.jobId}"]`)).toBeVisible();
  await page.reload();
  await openPanel(page);
  await expect(studio).toHaveAttribute('aria-pressed', 'true');
  expect((await server.call('GET', '/me/settings')).scope).toBe('studio');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('sound and scope are plain forms', async ({ page, server }) => {
    await page.goto('/stories');
    await tray(page).click();
    await page.locator('#sound-toggle').click();
    await expect(page).toHaveURL(/\/stories\??$/);
    expect(await server.call('GET', '/me/settings')).toMatchObject({ sound: true });
    await tray(page).click();
    await page.getByRole('button', { name: 'Studio', exact: true }).click();
    await tray(page).click();
    await expect(page.getByRole('button', { name: 'Studio', exact: true })).toHaveAttribute('aria-pressed', 'true');
    expect(await server.call('GET', '/me/settings')).toMatchObject({ sound: true, scope: 'studio' });
  });
});
