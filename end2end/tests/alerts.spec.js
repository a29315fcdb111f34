import { all, completed, failed, focus, instrument, running, tabs } from '../alerting.js';
import { expect, open, openPanel, test, tray } from '../fixtures.js';

/** Ends a job while nobody is at any of the tabs, and waits until every later round has passed. */
async function endUnwatched(server, context, count) {
  await server.call('PUT', '/me/settings', { sound: true, desktop: true });
  const job = await running(server, 'Baking bread');
  const open = await tabs(context, count);
  for (const tab of open) await focus(tab, false);
  await server.report(job, completed);
  await expect.poll(() => all(open, 'shown')).toHaveLength(1);
  await expect.poll(() => all(open, 'heard')).toHaveLength(2);
  await open[0].waitForTimeout(5000);
  return { job, shown: await all(open, 'shown'), heard: await all(open, 'heard') };
}

test('five tabs make one sound and one notification of an end', async ({ context, server }) => {
  await instrument(context);
  const { job, shown, heard } = await endUnwatched(server, context, 5);
  expect(shown).toHaveLength(1);
  expect(shown[0]).toMatchObject({ title: 'Baking bread is ready', tag: `${job.jobId}.1.completed` });
  expect(heard).toHaveLength(2);
});

test('without turns, tabs agree on one of them', async ({ context, server }) => {
  await instrument(context);
  await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
  const { shown, heard } = await endUnwatched(server, context, 3);
  expect([shown.length, heard.length]).toEqual([1, 2]);
});

/** How much two sounds are alike, from 0 to 1, wherever their notes begin: by how loud each pitch is in them. */
function alike(one, other) {
  const along = (a, b) => a.reduce((sum, value, at) => sum + value * b[at], 0);
  return along(one, other) / Math.sqrt(along(one, one) * along(other, other));
}

test('each sound differs to the ear from all others', async ({ page, server }) => {
  // What would be heard is rendered instead, and taken apart into pitches by time.
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
    window.listen = async () => {
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
    const { loudness, loudest } = await page.evaluate(() => window.listen());
    expect(loudest, `${name} is heard, and not cut off`).toBeGreaterThan(0.02);
    expect(loudest, name).toBeLessThanOrEqual(1);
    for (const [other, before] of sounds) expect(alike(loudness, before), `${name} and ${other}`).toBeLessThan(0.8);
    sounds.push([name, loudness]);
  }
});

test('a tab with the focus shows nothing on the desktop, and is heard', async ({ context, server }) => {
  await instrument(context);
  await server.call('PUT', '/me/settings', { sound: true, desktop: true });
  const job = await running(server, 'Baking bread');
  const open = await tabs(context, 2);
  await focus(open[0], true);
  await focus(open[1], false);
  await server.report(job, failed);
  await expect.poll(() => all(open, 'heard')).toHaveLength(3);
  expect(await all(open, 'shown')).toHaveLength(0);
});

test('a burst is one sound, and a failure wins', async ({ context, server }) => {
  await instrument(context);
  await server.call('PUT', '/me/settings', { sound: true, successSound: 'soft', failureSound: 'bell' });
  const jobs = [];
  for (const name of ['One', 'Two', 'Three', 'Four']) jobs.push(await running(server, name));
  const [tab] = await tabs(context, 1);
  for (const job of jobs.slice(0, 3)) await server.report(job, completed);
  await server.report(jobs[3], failed);
  await expect.poll(() => all([tab], 'heard')).toHaveLength(3);
  const [first] = await all([tab], 'heard');
  expect(first).toBeCloseTo(523.3, 0);
});

test('the tab that has the turn is closed, and another tells', async ({ context, server }) => {
  await instrument(context);
  await server.call('PUT', '/me/settings', { sound: true });
  const jobs = [await running(server, 'One'), await running(server, 'Two')];
  const open = await tabs(context, 3);
  await server.report(jobs[0], completed);
  // The other job may end at any moment: the tabs wait for it.
  await open[0].close();
  const left = open.slice(1);
  await expect.poll(() => all(left, 'heard')).toHaveLength(2);
});

test('who did not switch the sound on hears nothing, and the switch says when it is blocked', async ({ page, server, context }) => {
  await instrument(context);
  await open(page, '/');
  await openPanel(page);
  const toggle = page.locator('#sound-toggle');
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  expect((await server.call('GET', '/me/settings')).sound).toBe(true);
  await expect.poll(() => all([page], 'heard'), 'it says how it sounds').toHaveLength(2);
  await page.reload();
  await openPanel(page);
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
});

test('the title names the work while nobody is at the page', async ({ page, server }) => {
  const job = await running(server, 'X121 — Generating Scene 3');
  await open(page, '/');
  const own = await page.title();
  await focus(page, false);
  await expect.poll(() => page.title()).toBe('[73%] X121 — Generating Scene 3');
  await server.report(job, { progress: 0.8 });
  await expect.poll(() => page.title()).toBe('[80%] X121 — Generating Scene 3');
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /^data:image\/svg\+xml,.*'80 100'/);
  await page.getByRole('navigation').getByRole('link', { name: 'Stories' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Stories' })).toBeVisible();
  expect(await page.title()).toBe('[80%] X121 — Generating Scene 3');
  await focus(page, true);
  await expect.poll(() => page.title()).toBe('Stories · jobtray');
  await focus(page, false);
  await server.report(job, completed);
  await expect.poll(() => page.title()).toBe('Stories · jobtray');
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /m10 16.5/);
  expect(own).not.toContain('%');
});

test('the panel shows mine or the whole studio, and remembers it', async ({ page, server }) => {
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
