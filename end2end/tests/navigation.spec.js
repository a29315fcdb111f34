import { expect, open, openPanel, row, test, tray } from '../fixtures.js';

const main = (page) => page.getByRole('navigation', { name: 'Main' });
const heading = (page, name) => page.getByRole('heading', { level: 1, name });

test('links, back and forward change the page without a new document', async ({ page }) => {
  await open(page, '/');
  await page.evaluate(() => (window.sameDocument = true));
  await main(page).getByRole('link', { name: 'Characters' }).click();
  await expect(heading(page, 'Characters')).toBeVisible();
  await expect(page).toHaveTitle('Characters · jobtray');
  await expect(main(page).getByRole('link', { name: 'Characters' })).toHaveAttribute('aria-current', 'page');
  expect(await page.evaluate(() => document.activeElement.id)).toBe('content');
  await page.getByRole('main').getByRole('link', { name: 'X121' }).click();
  await expect(heading(page, 'X121')).toBeVisible();
  await expect(main(page).getByRole('link', { name: 'Characters' })).toHaveAttribute('aria-current', 'page');
  await main(page).getByRole('link', { name: 'My jobs' }).click();
  await expect(heading(page, 'My jobs')).toBeVisible();
  await expect(main(page).getByRole('link', { name: 'Characters' })).not.toHaveAttribute('aria-current');
  await page.goBack();
  await expect(heading(page, 'X121')).toBeVisible();
  await page.goBack();
  await expect(heading(page, 'Characters')).toBeVisible();
  await page.goForward();
  await expect(heading(page, 'X121')).toBeVisible();
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});

test('a filter is part of the URL and survives a reload', async ({ page, server }) => {
  const failed = await server.external('Baking cake');
  await server.report(failed, { state: 'failed', failure: { code: 'oven_cold', summary: 'Cold' } });
  await server.external('Baking bread');
  await open(page, '/jobs');
  const list = page.getByRole('main').locator('.job-list [data-job-id]');
  await expect(list).toHaveCount(2);
  await page.getByRole('main').getByRole('link', { name: 'Failed', exact: true }).click();
  await expect(page).toHaveURL(/\/jobs\?state=failed$/);
  await expect(list).toHaveCount(1);
  await page.reload();
  await expect(list).toHaveCount(1);
  await page.goBack();
  await expect(list).toHaveCount(2);
});

test('the browser handles links to a new tab and to a place on the page', async ({ page, context, server }) => {
  const done = await server.external('Baking bread');
  await server.report(done, { state: 'completed' });
  await open(page, '/');
  const [other] = await Promise.all([
    context.waitForEvent('page'),
    main(page).getByRole('link', { name: 'Stories' }).click({ modifiers: ['ControlOrMeta'] }),
  ]);
  await expect(other).toHaveURL(/\/stories$/);
  await expect(page).toHaveURL(/\/$/);
  // The skip link leads to a place on the same page.
  await page.evaluate(() => (window.sameDocument = true));
  await page.locator('a.skip').focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#content$/);
  expect(await page.evaluate(() => window.sameDocument)).toBe(true);
});

test('navigation keeps the one socket of the page', async ({ page, server }) => {
  const sockets = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await open(page, '/');
  const job = await server.external('Baking bread');
  for (const [link, name] of [['Characters', 'Characters'], ['Stories', 'Stories'], ['My jobs', 'My jobs']]) {
    await main(page).getByRole('link', { name: link }).click();
    await expect(heading(page, name)).toBeVisible();
  }
  await server.report(job, { state: 'running', progress: 0.3 });
  await expect(tray(page)).toHaveAttribute('data-progress', '30');
  expect(sockets).toHaveLength(1);
});

test('opening the page of a result marks its job as seen', async ({ page, server }) => {
  await server.call('POST', '/jobs', { type: 'story', input: { prompt: 'A lighthouse', chapters: 1 } });
  const done = async () => (await server.call('GET', '/jobs?type=story&state=completed')).jobs[0];
  await expect.poll(done, { timeout: 30_000 }).toBeTruthy();
  const unseen = async () => (await server.call('GET', '/summary')).readyUnseen;
  expect(await unseen()).toBe(1);
  const job = await done();
  await open(page, job.result.page);
  await expect.poll(unseen).toBe(0);
  await openPanel(page);
  await expect(row(page, job)).not.toHaveAttribute('data-unseen', 'true');
});

test('going back restores the scroll position', async ({ page, server }) => {
  for (let number = 0; number < 12; number += 1) await server.external(`Baking bread ${number}`);
  await open(page, '/jobs');
  const scrolled = () => page.evaluate(() => window.scrollY);
  await page.mouse.wheel(0, 400);
  await expect.poll(() => page.evaluate(() => history.state)).toBe(400);
  // Clicked by script, because the mouse would scroll to the link first.
  await main(page).getByRole('link', { name: 'Learn' }).evaluate((link) => link.click());
  await expect(heading(page, 'Learn')).toBeVisible();
  expect(await scrolled()).toBe(0);
  await page.goBack();
  await expect(heading(page, 'My jobs')).toBeVisible();
  await expect.poll(scrolled).toBe(400);
});

test('an unknown URL shows a page', async ({ page, consoleErrors }) => {
  consoleErrors.expected.push(/404 \(Not Found\)/);
  await open(page, '/');
  await page.evaluate(() => document.querySelector('.brand').setAttribute('href', '/nowhere'));
  await page.locator('.brand').click();
  await expect(heading(page, 'Page not found')).toBeVisible();
  await page.getByRole('link', { name: 'Back to home' }).click();
  await expect(page).toHaveTitle('Home · jobtray');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a rejected form keeps its input and explains the error', async ({ page, server, consoleErrors }) => {
    consoleErrors.expected.push(/was preloaded using link preload but not used/);
    const { items: scenes } = await server.call('GET', '/scenes');
    await page.goto(`/scenes/${scenes[0].id}`);
    await page.getByLabel('Seconds').evaluate((field) => (field.form.noValidate = true));
    await page.getByLabel('Seconds').fill('9999');
    await page.getByLabel('Size').selectOption('320x180');
    await page.getByRole('button', { name: /^Generate/ }).click();
    await expect(page.getByLabel('Seconds')).toHaveValue('9999');
    await expect(page.getByLabel('Size')).toHaveValue('320x180');
    await expect(page.getByRole('main')).toContainText('Must be from 0.5 to 1800.');
    expect((await server.call('GET', '/jobs')).jobs).toHaveLength(0);
    await page.getByLabel('Seconds').fill('1.5');
    await page.getByRole('button', { name: /^Generate/ }).click();
    await expect(page.getByRole('main')).toContainText('Started. Follow it in the tray.');
    expect((await server.call('GET', '/jobs')).jobs).toHaveLength(1);
    // The message is shown only once.
    await page.reload();
    await expect(page.getByRole('button', { name: /^Generate/ })).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText('Started.');
  });
});
