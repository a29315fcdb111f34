import { expect, open, test, tray } from '../fixtures.js';

/** Opens the settings page, and waits until it saves changes by itself. */
async function openSettings(page) {
  await open(page, '/settings');
  await expect(page.locator('html[data-live]')).toBeVisible();
}

const savedSettings = (server) => server.call('GET', '/me/settings');

test('a change is saved at once, and shown in every tab', async ({ page, server, context }) => {
  const other = await context.newPage();
  await openSettings(other);
  await openSettings(page);
  await page.getByLabel('The whole studio').check();
  await page.getByLabel('Hide success messages after (seconds)').fill('9');
  await page.getByLabel('Hide failure messages after (seconds)').fill('20');
  await page.getByLabel('Play a sound when a job finishes').check();
  await page.getByLabel('On failure').selectOption('bell');
  await page.getByText('Sound per job type').click();
  await page.getByRole('combobox', { name: 'Story' }).selectOption('soft');
  await expect.poll(() => savedSettings(server)).toMatchObject({
    scope: 'studio',
    toastSeconds: 9,
    failureToastSeconds: 20,
    sound: true,
    failureSound: 'bell',
    kindSounds: { story: 'soft' },
  });
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await expect(other.getByLabel('Hide success messages after (seconds)')).toHaveValue('9');
  await expect(other.getByLabel('On failure')).toHaveValue('bell');
  await page.reload();
  await expect(page.getByLabel('Hide failure messages after (seconds)')).toHaveValue('20');
  await expect(page.getByLabel('The whole studio')).toBeChecked();
});

test('a muted kind shows no toast unless the job’s notify option is always', async ({ page, server }) => {
  await openSettings(page);
  await page.getByText('Job types without success alerts').click();
  await page.getByRole('checkbox', { name: 'Story' }).check();
  await expect.poll(async () => (await savedSettings(server)).mutedKinds).toEqual(['story']);
  const toasts = page.locator('#toasts [data-toast]');
  const end = async (name, more) => {
    const job = await server.external(name, { type: 'story', ...more });
    await server.report(job, { state: 'running' });
    await server.report(job, { state: 'completed' });
  };
  await end('A quiet tale');
  await end('An awaited tale', { notify: 'always' });
  await expect(toasts).toHaveCount(1);
  await expect(toasts).toContainText('An awaited tale');
  await expect.poll(async () => (await server.call('GET', '/summary')).readyUnseen).toBe(2);
  await page.getByRole('checkbox', { name: 'Story' }).uncheck();
  await expect.poll(async () => (await savedSettings(server)).mutedKinds).toEqual([]);
});

test('a change of language loads a new document', async ({ page, server }) => {
  await openSettings(page);
  await page.getByLabel('Français').check();
  await expect(page.getByRole('heading', { level: 1, name: 'Réglages' })).toBeVisible();
  expect((await savedSettings(server)).language).toBe('fr');
  await page.getByRole('navigation').getByRole('link', { name: 'Personnages' }).click();
  await page.getByRole('contentinfo').getByRole('link', { name: 'Réglages' }).click();
  await expect(page.getByLabel('Français')).toBeChecked();
});

test('while alerts are off a failure shows in the tray but no toast', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running' });
  await openSettings(page);
  await page.getByRole('button', { name: 'Until tomorrow, 8:00' }).click();
  await expect(page.getByText('Alerts are off until')).toBeVisible();
  const until = new Date((await savedSettings(server)).mutedUntil);
  expect([until.getHours(), until.getMinutes()]).toEqual([8, 0]);
  await server.report(job, { state: 'failed' });
  await expect(tray(page)).toHaveAttribute('data-status', 'error');
  await expect(page.locator('#toasts [data-toast]')).toHaveCount(0);
  await page.getByRole('main').getByRole('button', { name: 'Unmute' }).click();
  await expect(page.getByRole('button', { name: 'Mute for 1 hour' })).toBeVisible();
  expect((await savedSettings(server)).mutedUntil).toBeNull();
});

test('the alert test names what blocks the alerts', async ({ page }) => {
  await openSettings(page);
  const found = page.locator('.found');
  await page.getByRole('button', { name: 'Test my alerts' }).click();
  await expect(page.locator('#toasts [data-toast]')).toContainText('Job messages appear here.');
  await expect(found.getByText('Message: shown in the corner of the page.')).toBeVisible();
  await expect(found.getByText('Sound: switched off.')).toBeVisible();
  await expect(found.getByText(/^Desktop: /).filter({ visible: true })).toHaveCount(1);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('settings are a plain form', async ({ page, server }) => {
    await page.goto('/settings');
    await page.getByLabel('Only alert me about jobs longer than (seconds)').fill('30');
    await page.getByLabel('Notify me when jobtray is in the background').check();
    await page.getByText('Job types without success alerts').click();
    await page.getByRole('checkbox', { name: 'Story' }).check();
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await savedSettings(server)).toMatchObject({ minimumSeconds: 30, desktop: true, language: null, mutedKinds: ['story'] });
    await page.getByLabel('Français').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Réglages' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Tester mes alertes' })).toBeHidden();
  });
});
