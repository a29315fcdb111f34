import { expect, open, openPanel, row, test, tray } from '../fixtures.js';

test.describe('in French', () => {
  test.use({ locale: 'fr-FR' });

  test('pages and the tray are in French', async ({ page, server }) => {
    const job = await server.external('Du pain');
    await open(page, '/');
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await expect(tray(page)).toHaveAccessibleName(/en attente/);
    await openPanel(page);
    await expect(row(page, job).getByRole('button', { name: 'Mettre en pause', exact: true })).toBeVisible();
  });
});
