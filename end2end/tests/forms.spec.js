import { CONNECTION_ERRORS, expect, open, test, tray } from '../fixtures.js';

const scenes = async (server) => (await server.call('GET', '/scenes')).items;
const started = async (server) => (await server.call('GET', '/jobs?type=scene')).jobs;

/** Switches the browser's validation off, so that the server has to reject the input. */
const disableValidation = (page) => page.getByLabel('Seconds').evaluate((field) => (field.form.noValidate = true));

test('a form shows its result without a new document', async ({ page, server }) => {
  const [scene] = await scenes(server);
  await open(page, `/scenes/${scene.id}`);
  await page.evaluate(() => (window.sameDocument = true));
  await disableValidation(page);
  await page.getByLabel('Seconds').fill('9999');
  await page.getByLabel('Size').selectOption('320x180');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect(page.getByText('Must be from 0.5 to 1800.')).toBeVisible();
  await expect(page.getByLabel('Seconds')).toBeFocused();
  await expect(page.getByLabel('Seconds')).toHaveValue('9999');
  expect(await started(server)).toHaveLength(0);
  await page.getByLabel('Seconds').fill('1.5');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect(page.getByText('Started. Follow it in the tray.')).toBeVisible();
  await expect(page.getByText('Must be from 0.5 to 1800.')).toBeHidden();
  // The form keeps its values for the next job.
  await expect(page.getByLabel('Seconds')).toHaveValue('1.5');
  await expect(page.getByLabel('Size')).toHaveValue('320x180');
  expect(page.url()).toBe(`${server.url}/scenes/${scene.id}`);
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
  expect(await started(server)).toHaveLength(1);
});

test('a double click starts one job, and a later click another one', async ({ page, server }) => {
  const [scene] = await scenes(server);
  await open(page, `/scenes/${scene.id}`);
  await page.getByLabel('Seconds').fill('1');
  await page.getByLabel('Size').selectOption('320x180');
  await page.getByRole('button', { name: /^Generate/ }).dblclick();
  await expect(page.getByText('Started. Follow it in the tray.')).toBeVisible();
  expect(await started(server)).toHaveLength(1);
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect.poll(async () => (await started(server)).length).toBe(2);
});

test('typed input stays when the page updates after a job has ended', async ({ page, server }) => {
  const [scene] = await scenes(server);
  const job = await server.external('Baking bread', { refs: [`scene:${scene.id}`] });
  await server.report(job, { state: 'running', progress: 0.5 });
  await open(page, `/scenes/${scene.id}`);
  const card = page.getByRole('main').locator(`[data-job-id="${job.jobId}"]`);
  await expect(card).toHaveAttribute('data-state', 'running');
  await page.getByLabel('Seconds').fill('12.25');
  const again = page.waitForResponse((answer) => answer.url().endsWith(`/scenes/${scene.id}`));
  await server.report(job, { state: 'completed' });
  await again;
  await expect(card).toHaveCount(0);
  await expect(page.getByLabel('Seconds')).toHaveValue('12.25');
  await expect(page.getByLabel('Seconds')).toBeFocused();
});

test('a job’s page stays up to date, and open details stay open', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await open(page, `/jobs/${job.jobId}`);
  const main = page.getByRole('main');
  await main.locator('summary').click();
  await expect(main.getByText('Finished', { exact: true })).toHaveCount(0);
  await server.report(job, { state: 'running', log: [{ text: 'Kneading' }] });
  await expect(main.getByText('Kneading')).toBeVisible();
  await server.report(job, { state: 'failed', failure: { code: 'oven_cold', summary: 'Cold' }, log: [{ text: 'No heat' }] });
  await expect(main.getByText('Finished', { exact: true })).toBeVisible();
  await expect(main.getByText('oven_cold')).toBeVisible();
  await expect(main.getByRole('log').getByText('No heat')).toHaveCount(1);
  await expect(main.locator('details')).toHaveAttribute('open');
  // Viewing the page marks the job as seen.
  await expect.poll(async () => (await server.call('GET', '/summary')).failedUnseen).toBe(0);
});

test('an unreachable server is reported, and typed input is kept', async ({ page, server, consoleErrors }) => {
  consoleErrors.expected.push(CONNECTION_ERRORS);
  const { items: characters } = await server.call('GET', '/characters');
  await open(page, `/characters/${characters[0].id}`);
  await page.getByLabel('Role').fill('Keeper of storms');
  await server.stop();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The server didn’t answer' })).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Stories' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The server didn’t answer' })).toBeVisible();
  await expect(page.getByLabel('Role')).toHaveValue('Keeper of storms');
  await server.start();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  await expect(page.getByRole('alert').filter({ hasText: 'The server didn’t answer' })).toBeHidden();
  const { items: saved } = await server.call('GET', '/characters');
  expect(saved.map((one) => one.role)).toContain('Keeper of storms');
  await expect(tray(page)).not.toHaveAttribute('data-status', 'offline', { timeout: 45_000 });
});

test('a list of jobs stays up to date', async ({ page, server }) => {
  await open(page, '/jobs?state=running');
  const list = page.getByRole('main').locator('.job-list [data-job-id]');
  await expect(page.getByRole('main').locator('.empty')).toBeVisible();
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running' });
  await expect(list).toHaveCount(1);
  await server.report(job, { state: 'completed' });
  await expect(list).toHaveCount(0);
});

test('a late error does not move the focus from another field', async ({ page, server }) => {
  const [scene] = await scenes(server);
  await open(page, `/scenes/${scene.id}`);
  await disableValidation(page);
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route('**/forms/generate_scene', async (route) => {
    await held;
    await route.continue();
  });
  await page.getByLabel('Seconds').fill('9999');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await page.getByLabel('Seed').fill('12');
  release();
  await expect(page.getByText('Must be from 0.5 to 1800.')).toBeVisible();
  await expect(page.getByLabel('Seed')).toBeFocused();
});
