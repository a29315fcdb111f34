import { expect, open, openPanel, row, test, tray } from '../fixtures.js';

const toasts = (page) => page.locator('#toasts [data-toast]');
const toast = (page, job) => page.locator(`#toasts [data-toast][data-job-id="${job.jobId}"]`);

/** Submits jobs that are running, so that an open page alerts when they end. */
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

test('the toast of a success hides by itself, and the tray still counts the job', async ({ page, server }) => {
  await server.call('PUT', '/me/settings', { toastSeconds: 2 });
  const [job] = await running(server, 'Baking bread');
  await open(page, '/');
  await expect(tray(page)).toHaveAttribute('data-running', '1');
  await server.report(job, completed);
  await expect(toast(page, job)).toContainText('Baking bread is ready');
  await expect(toast(page, job)).toHaveAttribute('data-state', 'completed');
  await expect(toasts(page)).toHaveCount(0);
  await expect(tray(page), 'it is counted until it is seen').toContainText('1 ready');
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

test('a failed job is retried from its toast, which then disappears', async ({ page, server }) => {
  const [job] = await running(server, 'Baking pie');
  await open(page, '/');
  await server.report(job, failed);
  await toast(page, job).getByRole('button', { name: 'Retry' }).click();
  await expect(toasts(page)).toHaveCount(0);
  expect((await server.job(job.jobId)).state).toBe('queued');
});

test('a click on a toast opens the failed job and marks it as seen', async ({ page, server }) => {
  const [job] = await running(server, 'Baking rolls');
  await open(page, '/');
  await server.report(job, failed);
  await toast(page, job).getByRole('link', { name: 'Baking rolls failed' }).click();
  await expect(page).toHaveURL(`/jobs/${job.jobId}`);
  await expect(toasts(page)).toHaveCount(0);
  await expect(tray(page)).toHaveAttribute('data-status', 'idle');
});

test('many successes share one toast that unfolds, and each failure has its own', async ({ page, server }) => {
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

test('at most three toasts are shown, and a button opens the panel for the rest', async ({ page, server }) => {
  const jobs = await running(server, 'One', 'Two', 'Three', 'Four', 'Five');
  await open(page, '/');
  for (const job of jobs) await server.report(job, failed);
  await expect(toasts(page)).toHaveCount(3);
  const boxes = [];
  for (const one of await toasts(page).all()) boxes.push(await one.boundingBox());
  for (let at = 1; at < boxes.length; at += 1) {
    expect(boxes[at].y, 'toasts do not overlap').toBeGreaterThanOrEqual(boxes[at - 1].y + boxes[at - 1].height);
  }
  expect(boxes[2].y + boxes[2].height).toBeLessThanOrEqual(page.viewportSize().height);
  await page.getByRole('button', { name: '+2 more' }).click();
  await expect(page.locator('#job-tray-panel')).toBeVisible();
});

test('a toast stays while it is hovered, and the keyboard focuses and dismisses it', async ({ page, server }) => {
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

test('short successes and jobs with notify set to never show no toast', async ({ page, server }) => {
  await server.call('PUT', '/me/settings', { minimumSeconds: 600 });
  const [short, awaited, silent, last] = await running(server, 'Short', 'Awaited', 'Silent', 'Last');
  await server.call('PUT', `/jobs/${awaited.jobId}/notify`, { notify: 'always' });
  await server.call('PUT', `/jobs/${silent.jobId}/notify`, { notify: 'never' });
  await open(page, '/');
  await server.report(short, completed);
  await server.report(silent, failed);
  await server.report(awaited, completed);
  await server.report(last, failed);
  await expect(toast(page, awaited)).toBeVisible();
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

test('cancelling a job that has run for over a minute asks for confirmation', async ({ page, server }) => {
  const [long, bad] = await running(server, 'Long', 'Bad');
  await open(page, '/');
  await server.report(bad, failed);
  await expect(toast(page, bad)).toBeVisible();
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 90_000;
  });
  const dialog = page.locator('dialog[open]');
  const cancel = async () => {
    await openPanel(page);
    await row(page, long).getByRole('button', { name: 'Cancel' }).click();
    await expect(dialog).toContainText(/Cancel Long\?It has been running for 1.min 3/);
  };
  await cancel();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await cancel();
  await dialog.getByRole('button', { name: 'Keep running' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(toast(page, bad), 'Escape closes the dialog, not the toast').toBeVisible();
  expect((await server.job(long.jobId)).state).toBe('running');
  await cancel();
  await dialog.getByRole('button', { name: 'Cancel job' }).click();
  await expect(toast(page, long)).toContainText('Long was cancelled');
  expect((await server.job(long.jobId)).state).toBe('cancelled');
});

test('jobs that ended before the page was opened are in a digest, failures first', async ({ page, server }) => {
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
  // The page updates at once. The reload must wait until the server has the request.
  await expect.poll(async () => (await server.call('GET', '/summary')).failedUnseen).toBe(0);
  await page.reload();
  await expect(tray(page)).toHaveAttribute('data-status', 'idle');
  await expect(toasts(page)).toHaveCount(0);
});

test('after five minutes in the background a digest replaces the toasts', async ({ page, server }) => {
  const [job] = await running(server, 'Baking bread');
  await open(page, '/');
  const setVisibility = (state) =>
    page.evaluate((state) => {
      Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await setVisibility('hidden');
  await server.report(job, failed);
  await expect(toast(page, job), 'it stays while the page is hidden').toBeVisible();
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 6 * 60_000;
  });
  await setVisibility('visible');
  const digest = page.locator('#toasts [data-toast="digest"]');
  await expect(digest.getByRole('link')).toHaveText(['Baking bread']);
  await expect(toasts(page)).toHaveCount(1);
});
