import { expect, open, openPanel, row, test, tray } from '../fixtures.js';

test('a scene is started, followed on another page, and its segment plays', async ({ page, server }) => {
  const { items: scenes } = await server.call('GET', '/scenes');
  await open(page, `/scenes/${scenes[0].id}`);
  await page.getByLabel('Seconds').fill('4');
  await page.getByLabel('Size').selectOption('640x360');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect(tray(page)).toHaveAttribute('data-running', '1');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Characters' }).click();
  await expect(page).toHaveURL(/\/characters$/);
  const { jobs } = await server.call('GET', '/jobs?type=scene');
  await openPanel(page);
  await expect(row(page, jobs[0])).toHaveAttribute('data-state', 'completed', { timeout: 40_000 });
  await expect(tray(page)).toHaveAttribute('data-running', '0');
  await row(page, jobs[0]).getByRole('link', { name: jobs[0].name }).click();
  await expect(page).toHaveURL(new RegExp(`/segments/${jobs[0].jobId}$`));
  const video = page.locator('video');
  await video.evaluate((film) => {
    film.muted = true;
    return film.play();
  });
  await expect.poll(() => video.evaluate((film) => film.currentTime)).toBeGreaterThan(0.2);
  expect(await video.evaluate((film) => [film.videoWidth, film.videoHeight])).toEqual([640, 360]);
});

test('a story is started, and read when it is done', async ({ page, server }) => {
  await open(page, '/stories');
  await page.getByLabel('Idea').fill('A lighthouse keeper who collects storms');
  await page.getByLabel('Chapters').fill('2');
  await page.getByRole('button', { name: 'Write story' }).click();
  const done = async () => (await server.call('GET', '/jobs?type=story&state=completed')).jobs[0];
  await expect.poll(done, { timeout: 30_000 }).toBeTruthy();
  const job = await done();
  await openPanel(page);
  await row(page, job).getByRole('link', { name: job.name }).click();
  await expect(page).toHaveURL(/\/stories\//);
  await expect(page.getByRole('main')).toContainText(/lighthouse/i);
  expect(await page.getByRole('main').getByRole('heading', { level: 2 }).count()).toBeGreaterThanOrEqual(2);
});

test('a character is saved while jobs run', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running', progress: 0.2 });
  const { items: characters } = await server.call('GET', '/characters');
  await open(page, `/characters/${characters[0].id}`);
  await page.getByLabel('Name').fill('X121, renamed');
  await server.report(job, { progress: 0.6 });
  await expect(tray(page)).toHaveAttribute('data-progress', '60');
  await expect(page.getByLabel('Name')).toHaveValue('X121, renamed');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'X121, renamed' })).toBeVisible();
  const after = await server.call('GET', '/characters');
  expect(after.items.map((one) => one.name)).toContain('X121, renamed');
  await expect(tray(page)).toHaveAttribute('data-running', '1');
});
