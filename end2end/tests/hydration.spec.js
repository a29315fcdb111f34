import { expect, open, test } from '../fixtures.js';

test('a page becomes live: links change it without a new document', async ({ page }) => {
  await open(page, '/');
  await page.evaluate(() => (window.sameDocument = true));
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Characters' }).click();
  await expect(page).toHaveURL(/\/characters$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Characters' })).toBeVisible();
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});
