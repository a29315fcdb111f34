import { expect, open, test, tray } from '../fixtures.js';

const results = (page) => page.getByRole('region', { name: 'Results' });

test('a craft file is chosen, read, and shown as a diagram with its figures', async ({ page, server }) => {
  await open(page, '/vessels');
  await page.getByRole('link', { name: 'Choose Skipping Stone.craft' }).click();
  await expect(page.getByLabel('Craft file')).toHaveValue('Skipping Stone.craft');
  await page.getByRole('button', { name: 'Read vessel' }).click();
  await results(page).getByRole('link', { name: 'Stage plan of Skipping Stone' }).click();
  await expect(page).toHaveURL(/\/vessels\/stage_plan_/);
  await expect(page.getByRole('img', { name: /The 4 stages of Skipping Stone/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /^3 / })).toContainText('15.87');
  await expect(page.getByRole('row', { name: /^Total/ })).toContainText('4,270');
  await expect(tray(page)).toHaveAttribute('data-running', '0');
  const { jobs } = await server.call('GET', '/jobs?type=stage_plan');
  expect(jobs).toHaveLength(1);
});

test('on a phone, choosing a file scrolls to the form below', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page, '/vessels');
  const form = page.getByLabel('Craft file');
  await expect(form).not.toBeInViewport();
  await page.getByRole('link', { name: 'Choose Heron.craft' }).click();
  await expect(form).toHaveValue('Heron.craft');
  await expect(form).toBeInViewport();
});

test('a save with several vessels asks for the name of one', async ({ page }) => {
  await open(page, '/vessels?craft=harbour.sfs');
  await page.getByRole('button', { name: 'Read vessel' }).click();
  await expect(page.getByText('Name one: Pebble in orbit, Reed')).toBeVisible();
  await page.getByLabel('Vessel', { exact: true }).fill('Reed');
  await page.getByRole('button', { name: 'Read vessel' }).click();
  await expect(results(page).getByRole('link', { name: 'Stage plan of Reed' })).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('pasted text is read', async ({ page, server }) => {
    await page.goto('/vessels');
    await page.getByLabel('Output', { exact: true }).selectOption('part_tree');
    await page.getByLabel('Or its text').fill('ship = Acorn\nPART\n{\n\tpart = mk1pod.v2_1\n}\n');
    await page.getByRole('button', { name: 'Read vessel' }).click();
    await expect(page.getByText('Started. Follow it in the tray.')).toBeVisible();
    const done = async () => (await server.call('GET', '/jobs?type=part_tree&state=completed')).jobs.length;
    await expect.poll(done).toBe(1);
    await page.goto('/vessels');
    await results(page).getByRole('link', { name: 'Part tree of Acorn' }).click();
    await expect(page.getByRole('img', { name: /The parts of Acorn/ })).toBeVisible();
  });
});
