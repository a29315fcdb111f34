import { expect, test, tray, views } from '../fixtures.js';

test.use({ javaScriptEnabled: false });

test.beforeEach(({ consoleErrors }) => {
  // Without scripts nothing uses the preloaded files.
  consoleErrors.expected.push(/was preloaded using link preload but not used/);
});

test('the tray is correct in the first HTML of every view, without scripts', async ({ page, server, consoleErrors }) => {
  consoleErrors.expected.push(/404 \(Not Found\) \(http:\S+\/nowhere\)/);
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running', progress: 0.42, currentStep: 'Kneading' });
  await server.external('Baking cake');
  for (const view of [...(await views(server)), `/jobs/${job.jobId}`, '/nowhere']) {
    await page.goto(view);
    await expect(tray(page), view).toHaveAttribute('data-status', 'running');
    await expect(tray(page), view).toHaveAttribute('data-running', '1');
    await expect(tray(page), view).toHaveAttribute('data-queued', '1');
    await expect(tray(page), view).toHaveAccessibleName(/1 running.*1 queued/);
  }
});

test('pause, resume, cancel and retry are plain forms', async ({ page, server }) => {
  const { jobId } = await server.external('Baking bread');
  const steps = [
    ['Pause', 'paused'],
    ['Resume', 'queued'],
    ['Cancel', 'cancelled'],
    ['Retry', 'queued'],
  ];
  await page.goto('/characters');
  for (const [button, state] of steps) {
    await tray(page).click();
    const row = page.locator(`#job-tray-panel [data-job-id="${jobId}"]`);
    await row.getByRole('button', { name: button, exact: true }).click();
    await expect(page).toHaveURL(/\/characters\??$/);
    await expect(row).toHaveAttribute('data-state', state);
    expect((await server.job(jobId)).state).toBe(state);
  }
});

test('a scene starts from a plain form', async ({ page, server }) => {
  const { items: scenes } = await server.call('GET', '/scenes');
  await page.goto(`/scenes/${scenes[0].id}`);
  await page.getByLabel('Seconds').fill('1');
  await page.getByLabel('Size').selectOption('320x180');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect(tray(page)).toBeVisible();
  const { jobs } = await server.call('GET', '/jobs?type=scene');
  expect(jobs).toHaveLength(1);
  expect(jobs[0].refs).toContain(`scene:${scenes[0].id}`);
});
