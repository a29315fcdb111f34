import { expect, open, openPanel, row, test, tray } from '../fixtures.js';

const toasts = (page) => page.locator('#toasts [data-toast]');
const toast = (page, job) => page.locator(`#toasts [data-toast][data-job-id="${job.jobId}"]`);

/** Jobs that run, so that their ends are news to a page that is open. */
async function running(server, ...names) {
  const jobs = [];
  for (const name of names) {
    const job = await server.external(name);
    await server.report(job, { state: 'running', progress: 0.5 });
    jobs.push(job);
  }
  return jobs;
}

const completed = { state: 'completed', result: { href: '/stories' } };
const failed = { state: 'failed', failure: { code: 'oven_cold', summary: 'The oven is cold.' } };

test('a success is told, leads to what came of it, and leaves by itself', async ({ page, server }) => {
  await server.call('PUT', '/me/settings', { toastSeconds: 2 });
  const [job] = await running(server, 'Baking bread');
  await open(page, '/');
  await expect(tray(page)).toHaveAttribute('data-running', '1');
  await server.report(job, completed);
  await expect(toast(page, job)).toContainText('Baking bread is ready');
  await expect(toast(page, job)).toHaveAttribute('data-state', 'completed');
  await expect(toasts(page)).toHaveCount(0);
  await expect(tray(page), 'it is counted until it was seen').toContainText('1 ready');
});

test('a failure stays with its reason until it is dismissed, in every tab', async ({ page, server, context }) => {
  const [job] = await running(server, 'Baking cake');
  const other = await context.newPage();
  await open(other, '/stories');
  await open(page, '/');
  await server.report(job, failed);
  for (const tab of [page, other]) await expect(toast(tab, job)).toContainText('The oven is cold.');
  await toast(page, job).getByRole('button', { name: 'Dismiss' }).click();
  await expect(toasts(page)).toHaveCount(0);
  await expect(toasts(other)).toHaveCount(0);
  await expect(tray(page), 'the tray keeps it').toHaveAttribute('data-status', 'error');
});

test('a failed job is retried from its toast, which goes with the failure', async ({ page, server }) => {
  const [job] = await running(server, 'Baking pie');
  await open(page, '/');
  await server.report(job, failed);
  await toast(page, job).getByRole('button', { name: 'Retry' }).click();
  await expect(toasts(page)).toHaveCount(0);
  expect((await server.job(job.jobId)).state).toBe('queued');
});

test('a click on a toast goes to the failed job, which was seen then', async ({ page, server }) => {
  const [job] = await running(server, 'Baking rolls');
  await open(page, '/');
  await server.report(job, failed);
  await toast(page, job).getByRole('link', { name: 'Baking rolls failed' }).click();
  await expect(page).toHaveURL(`/jobs/${job.jobId}`);
  await expect(toasts(page)).toHaveCount(0);
  await expect(tray(page)).toHaveAttribute('data-status', 'idle');
});

test('many successes are one toast that unfolds, and failures stand singly', async ({ page, server }) => {
  const names = ['One', 'Two', 'Three', 'Four', 'Five'];
  const jobs = await running(server, ...names, 'Six');
  await open(page, '/');
  await Promise.all(jobs.slice(0, 5).map((job) => server.report(job, completed)));
  await server.report(jobs[5], failed);
  await expect(toasts(page)).toHaveCount(2);
  const summary = page.locator('#toasts [data-toast]', { hasText: '5 jobs finished' });
  await summary.locator('summary').click();
  for (const job of jobs.slice(0, 5)) await expect(summary.locator(`a[data-job-id="${job.jobId}"]`)).toBeVisible();
  await expect(toast(page, jobs[5])).toContainText('Six failed');
});

test('three toasts are shown, and the rest is a way to the panel', async ({ page, server }) => {
  const jobs = await running(server, 'One', 'Two', 'Three', 'Four', 'Five');
  await open(page, '/');
  for (const job of jobs) await server.report(job, failed);
  await expect(toasts(page)).toHaveCount(3);
  const boxes = [];
  for (const one of await toasts(page).all()) boxes.push(await one.boundingBox());
  for (let at = 1; at < boxes.length; at += 1) {
    expect(boxes[at].y, 'none over another').toBeGreaterThanOrEqual(boxes[at - 1].y + boxes[at - 1].height);
  }
  expect(boxes[2].y + boxes[2].height).toBeLessThanOrEqual(page.viewportSize().height);
  await page.getByRole('button', { name: '+2 more' }).click();
  await expect(page.locator('#job-tray-panel')).toBeVisible();
});

test('a toast waits for who reads it, and keys lead to it and away', async ({ page, server }) => {
  await server.call('PUT', '/me/settings', { toastSeconds: 2 });
  const [one, two] = await running(server, 'Baking bread', 'Baking cake');
  await open(page, '/');
  await server.report(one, completed);
  await toast(page, one).hover();
  await server.report(two, completed);
  await expect(toast(page, two)).toBeVisible();
  await page.waitForTimeout(3000);
  await expect(toasts(page)).toHaveCount(2);
  await page.keyboard.press('F8');
  await expect(toast(page, one).getByRole('link', { name: 'Baking bread is ready' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(toasts(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(toasts(page)).toHaveCount(0);
});

test('what another made, what was cancelled and what is too short is not told', async ({ page, server }) => {
  await server.call('PUT', '/me/settings', { minimumSeconds: 600 });
  const [short, wished, silent, last] = await running(server, 'Short', 'Wished', 'Silent', 'Last');
  await server.call('PUT', `/jobs/${wished.jobId}/notify`, { notify: 'always' });
  await server.call('PUT', `/jobs/${silent.jobId}/notify`, { notify: 'never' });
  await open(page, '/');
  await server.report(short, completed);
  await server.report(silent, failed);
  await server.report(wished, completed);
  await server.report(last, failed);
  await expect(toast(page, wished)).toBeVisible();
  await expect(toast(page, last)).toBeVisible();
  await expect(toasts(page)).toHaveCount(2);
});

test('cancelling can be undone', async ({ page, server }) => {
  const [short] = await running(server, 'Short');
  await open(page, '/');
  await openPanel(page);
  await row(page, short).getByRole('button', { name: 'Cancel' }).click();
  await expect(toast(page, short)).toContainText('Short was cancelled');
  await page.keyboard.press('Escape');
  await toast(page, short).getByRole('button', { name: 'Undo' }).click();
  await expect(toasts(page)).toHaveCount(0);
  await expect.poll(async () => (await server.job(short.jobId)).state).toBe('queued');
});

test('work of more than a minute is asked about before it is thrown away', async ({ page, server }) => {
  const [long, bad] = await running(server, 'Long', 'Bad');
  await open(page, '/');
  await server.report(bad, failed);
  await expect(toast(page, bad)).toBeVisible();
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 90_000;
  });
  const question = page.locator('dialog[open]');
  const cancel = async () => {
    await openPanel(page);
    await row(page, long).getByRole('button', { name: 'Cancel' }).click();
    await expect(question).toContainText(/Cancel Long\?It has been running for 1.min 3/);
  };
  await cancel();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  await cancel();
  await question.getByRole('button', { name: 'Keep running' }).click();
  await expect(question).toHaveCount(0);
  await expect(toast(page, bad), 'Escape was for the question').toBeVisible();
  expect((await server.job(long.jobId)).state).toBe('running');
  await cancel();
  await question.getByRole('button', { name: 'Cancel job' }).click();
  await expect(toast(page, long)).toContainText('Long was cancelled');
  expect((await server.job(long.jobId)).state).toBe('cancelled');
});

test('what ended before the page was opened stands in a digest, failures first', async ({ page, server }) => {
  const [good, bad] = await running(server, 'Baking bread', 'Baking cake');
  await server.report(good, completed);
  await server.report(bad, failed);
  await open(page, '/');
  const digest = page.locator('#toasts [data-toast="digest"]');
  await expect(digest).toContainText('While you were away');
  await expect(digest.getByRole('link')).toHaveText(['Baking cake', 'Baking bread']);
  await digest.getByRole('button', { name: 'Mark all as seen' }).click();
  await expect(toasts(page)).toHaveCount(0);
  await expect(tray(page)).toHaveAttribute('data-status', 'idle');
  // The page shows it at once; a reload in that instant would take the word back before the server has it.
  await expect.poll(async () => (await server.call('GET', '/summary')).failedUnseen).toBe(0);
  await page.reload();
  await expect(tray(page)).toHaveAttribute('data-status', 'idle');
  await expect(toasts(page)).toHaveCount(0);
});

test('who was away for five minutes finds a digest, and nothing twice', async ({ page, server }) => {
  const [job] = await running(server, 'Baking bread');
  await open(page, '/');
  const look = (how) =>
    page.evaluate((how) => {
      Object.defineProperty(document, 'visibilityState', { value: how, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, how);
  await look('hidden');
  await server.report(job, failed);
  await expect(toast(page, job), 'it waits for its reader').toBeVisible();
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 6 * 60_000;
  });
  await look('visible');
  const digest = page.locator('#toasts [data-toast="digest"]');
  await expect(digest.getByRole('link')).toHaveText(['Baking bread']);
  await expect(toasts(page)).toHaveCount(1);
});
