import { expect, open, openPanel, row, test, tray } from '../fixtures.js';

test('Escape closes the panel, and the focus returns to the tray', async ({ page }) => {
  await open(page, '/');
  await openPanel(page);
  await expect(tray(page)).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await expect(page.locator('#job-tray-panel')).toBeHidden();
  await expect(tray(page)).toHaveAttribute('aria-expanded', 'false');
  await expect(tray(page)).toBeFocused();
});

test('the keyboard alone opens the panel', async ({ page }) => {
  await open(page, '/');
  await tray(page).focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('#job-tray-panel')).toBeVisible();
});

test('pause, resume and cancel act on the row at once', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running', progress: 0.5 });
  await open(page, '/characters');
  await openPanel(page);
  const press = (name) => row(page, job).getByRole('button', { name, exact: true }).click();
  await press('Pause');
  await expect(row(page, job)).toHaveAttribute('data-state', 'paused');
  await press('Resume');
  await expect(row(page, job)).toHaveAttribute('data-state', /running|queued/);
  await press('Cancel');
  await expect(row(page, job)).toHaveAttribute('data-state', 'cancelled');
  expect((await server.job(job.jobId)).state).toBe('cancelled');
  await expect(page.locator('#job-tray-panel')).toBeVisible();
});

test('a failure shows its reason and its fix, and can be retried', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await open(page, '/');
  await server.report(job, {
    state: 'failed',
    failure: { code: 'dependency_missing', summary: 'The oven is missing', retryable: true, fix: 'Install an oven' },
  });
  await expect(tray(page)).toHaveAttribute('data-status', 'error');
  await openPanel(page);
  await expect(row(page, job)).toContainText('The oven is missing');
  await expect(row(page, job)).toContainText('Install an oven');
  await row(page, job).getByRole('button', { name: 'Retry', exact: true }).click();
  await expect(row(page, job)).toHaveAttribute('data-state', 'queued');
  await expect(tray(page)).toHaveAttribute('data-status', 'running');
  expect((await server.job(job.jobId)).attempt).toBe(2);
});

test('a click on a failed job goes to its failure', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'failed', failure: { code: 'oven_cold', summary: 'The oven is cold' } });
  await open(page, '/');
  await openPanel(page);
  await row(page, job).getByRole('link', { name: 'Baking bread' }).click();
  await expect(page).toHaveURL(new RegExp(`/jobs/${job.jobId}$`));
  await expect(page.getByRole('main')).toContainText('The oven is cold');
});

test('a panel with many jobs fits in the window', async ({ page, server }) => {
  for (let number = 0; number < 12; number += 1) await server.external(`Loaf ${number}`);
  await open(page, '/');
  await openPanel(page);
  const panel = page.locator('#job-tray-panel');
  await expect(panel.locator('[data-job-id]')).not.toHaveCount(0);
  const box = await panel.boundingBox();
  expect(box.width).toBeLessThanOrEqual(420);
  expect(box.y + box.height).toBeLessThanOrEqual(800);
});

test('a double click on a button counts as one click', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running' });
  await open(page, '/');
  const card = page.getByRole('main').locator(`[data-job-id="${job.jobId}"]`);
  await card.getByRole('button', { name: 'Pause' }).dblclick();
  await expect(card).toHaveAttribute('data-state', 'paused');
  await card.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('#job-tray')).toHaveAttribute('data-queued', '0');
  // One more message has arrived, so no command is pending.
  await server.external('Baking cake');
  await expect(page.locator('#job-tray')).toHaveAttribute('data-queued', '1');
  expect((await server.job(job.jobId)).state).toBe('cancelled');
});

test('the focus stays on the row when its button disappears', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running' });
  await open(page, `/jobs/${job.jobId}`);
  const place = () => page.evaluate(() => document.activeElement.closest('[data-job-id]')?.dataset.jobId);
  const main = page.getByRole('main');
  await main.getByRole('button', { name: 'Cancel' }).focus();
  await page.keyboard.press('Enter');
  await expect(main.getByRole('button', { name: 'Retry' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(main.locator('.job-card')).toHaveAttribute('data-state', 'queued');
  // The page around the row has been rendered again.
  await expect(main.locator('dt', { hasText: 'Attempt' }).locator('+ dd')).toHaveText('2');
  await expect.poll(place).toBe(job.jobId);
  await openPanel(page);
  await row(page, job).getByRole('button', { name: 'Pause' }).focus();
  await server.report(job, { state: 'completed' });
  await expect(row(page, job)).toHaveAttribute('data-state', 'completed');
  await expect.poll(place).toBe(job.jobId);
  await expect(page.locator('#job-tray-panel')).toBeVisible();
});

test('the focus stays on the row when it moves', async ({ page, server }) => {
  const first = await server.external('Baking bread');
  const second = await server.external('Baking cake');
  await open(page, '/');
  await openPanel(page);
  const rows = page.locator('#job-tray-panel [data-job-id]');
  const order = (...jobs) => expect.poll(() => rows.evaluateAll((all) => all.map((row) => row.dataset.jobId)))
    .toEqual(jobs.map((job) => job.jobId));
  await order(first, second);
  const pause = row(page, second).getByRole('button', { name: 'Pause' });
  await pause.focus();
  await server.report(second, { state: 'running' });
  await order(second, first);
  await expect(pause).toBeFocused();
  await server.report(first, { state: 'running' });
  await server.report(second, { state: 'paused' });
  await order(first, second);
  await expect.poll(() => page.evaluate(() => document.activeElement.closest('[data-job-id]')?.dataset.jobId))
    .toBe(second.jobId);
});

test('a job that is no longer in the tray does not reappear as running', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running' });
  await open(page, `/jobs/${job.jobId}`);
  const card = page.getByRole('main').locator('.job-card');
  await expect(card).toHaveAttribute('data-state', 'running');
  await server.report(job, { state: 'completed' });
  await expect(card).toHaveAttribute('data-state', 'completed');
  const others = await Promise.all(Array.from({ length: 110 }, (_, number) => server.external(`Baking cake ${number}`)));
  for (const other of others) await server.report(other, { state: 'completed' });
  // What is old is forgotten with the next news.
  await server.external('Baking rolls');
  await expect(page.locator('#job-tray')).toHaveAttribute('data-queued', '1');
  await expect(row(page, others[0])).toHaveCount(0);
  await expect(card).toHaveAttribute('data-state', 'completed');
});

test('the notify option of a job is saved at once and shown in every tab', async ({ page, server, context }) => {
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running' });
  await open(page, '/');
  const other = await context.newPage();
  await open(other, `/jobs/${job.jobId}`);
  await openPanel(page);
  const here = row(page, job);
  const there = other.getByRole('main').getByLabel('Notify me when it’s done:');
  await here.hover();
  await here.getByRole('button', { name: 'Don’t notify me when it’s done' }).click();
  await expect(there).toHaveValue('never');
  await here.getByRole('button', { name: 'Notify me when it’s done', exact: true }).click();
  await expect(there).toHaveValue('default');
  await there.selectOption('Only if it fails');
  await expect(here.locator('[data-bell]')).toHaveAttribute('data-bell', 'failures');
  expect((await server.job(job.jobId)).notify).toBe('failures');
  await here.getByRole('button', { name: 'Don’t notify me when it’s done' }).click();
  await expect(there).toHaveValue('never');
  await server.report(job, { state: 'failed' });
  await expect(here).toHaveAttribute('data-state', 'failed');
  await expect(there).toHaveCount(0);
  await expect(page.locator('#toasts [data-toast]')).toHaveCount(0);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the notify option has a Save button', async ({ page, server }) => {
    const job = await server.external('Baking bread');
    await page.goto(`/jobs/${job.jobId}`);
    const main = page.getByRole('main');
    await main.getByLabel('Notify me when it’s done:').selectOption('Always');
    await main.getByRole('button', { name: 'Save' }).click();
    await expect(main.getByLabel('Notify me when it’s done:')).toHaveValue('always');
    expect((await server.job(job.jobId)).notify).toBe('always');
  });
});
