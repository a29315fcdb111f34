import { expect, open, test, tray } from '../fixtures.js';

test('what is chosen is kept on the server, and shown after a link too', async ({ page, server }) => {
  await open(page, '/settings');
  await page.getByLabel('Français').check();
  await page.getByLabel('The whole studio').check();
  const live = page.waitForEvent('websocket');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Réglages' })).toBeVisible();
  expect((await live).url()).toContain('scope=studio');
  expect(await server.call('GET', '/me/settings')).toMatchObject({ language: 'fr', scope: 'studio' });
  await page.getByRole('navigation').getByRole('link', { name: 'Personnages' }).click();
  await page.getByRole('contentinfo').getByRole('link', { name: 'Réglages' }).click();
  await expect(page.getByLabel('Français')).toBeChecked();
  await expect(page.getByLabel('Tout le studio')).toBeChecked();
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running', progress: 0.3 });
  await expect(tray(page)).toHaveAttribute('data-progress', '30');
});
