import { expect, open, openPanel, row, test, tray } from '../fixtures.js';

test('a report updates the tray, also during navigation', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await open(page, '/');
  await expect(tray(page)).toHaveAttribute('data-queued', '1');
  await server.report(job, { state: 'running', progress: 0.1 });
  await expect(tray(page)).toHaveAttribute('data-running', '1');
  let progress = 0.1;
  for (const link of ['Characters', 'Learn', 'My jobs']) {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: link }).click();
    progress += 0.2;
    await server.report(job, { progress });
    await expect(tray(page)).toHaveAttribute('data-progress', String(Math.round(progress * 100)));
    await expect(page.getByRole('heading', { level: 1, name: link })).toBeVisible();
  }
  await server.report(job, { state: 'completed' });
  await expect(tray(page)).toHaveAttribute('data-running', '0');
  await expect(tray(page)).toHaveAttribute('data-status', 'idle');
});

test('a row shows the unrounded progress, and no value while it is unknown', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await open(page, '/');
  await openPanel(page);
  const bar = row(page, job).getByRole('progressbar');
  await server.report(job, { state: 'running' });
  await expect(row(page, job)).toHaveAttribute('data-state', 'running');
  await expect(bar).not.toHaveAttribute('value');
  await server.report(job, { progress: 0.123456 });
  await expect(bar).toHaveAttribute('value', '0.123456');
  await expect(bar).toHaveAttribute('max', '1');
});

test('the panel lists running, paused, queued and finished jobs in that order', async ({ page, server }) => {
  const [first, second, third, fourth] = [
    await server.external('Ended'),
    await server.external('Waits'),
    await server.external('Runs'),
    await server.external('Rests'),
  ];
  await open(page, '/');
  await openPanel(page);
  await server.report(third, { state: 'running', progress: 0.5 });
  await server.call('POST', `/jobs/${fourth.jobId}/pause`);
  await server.report(first, { state: 'completed' });
  const order = [third, fourth, second, first].map((job) => job.jobId);
  await expect
    .poll(() => page.locator('#job-tray-panel [data-job-id]').evaluateAll((rows) => rows.map((row) => row.dataset.jobId)))
    .toEqual(order);
});

test('two pages follow the same job', async ({ page, context, server }) => {
  const other = await context.newPage();
  await open(page, '/');
  await open(other, '/jobs');
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running', progress: 0.5 });
  for (const one of [page, other]) await expect(tray(one)).toHaveAttribute('data-progress', '50');
});
