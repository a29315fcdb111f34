// Pages whose response is late or fails.
import { expect, open, test } from '../fixtures.js';

const main = (page) => page.getByRole('navigation', { name: 'Main' });
const heading = (page, name) => page.getByRole('heading', { level: 1, name });

/** Holds the responses for a URL until they are released. */
async function hold(page, address) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  let arrive;
  const arrived = new Promise((resolve) => (arrive = resolve));
  await page.route(address, async (route) => {
    const answer = await route.fetch();
    arrive();
    await released;
    await route.fulfill({ response: answer });
  });
  return { arrived, release };
}

test('a 503 response changes neither the page nor its input', async ({ page, server, consoleErrors }) => {
  consoleErrors.expected.push(/503 \(Service Unavailable\)/);
  const [scene] = (await server.call('GET', '/scenes')).items;
  const job = await server.external('Baking bread', { refs: [`scene:${scene.id}`] });
  await server.report(job, { state: 'running' });
  await open(page, `/scenes/${scene.id}`);
  await page.getByLabel('Seconds').fill('12.25');
  let rejected = 0;
  await page.route(/\/(scenes|forms|stories)\b/, (route) => {
    rejected += 1;
    return route.fulfill({ status: 503, contentType: 'text/html', body: '<html lang="en"><main id="content">Not now</main></html>' });
  });
  await server.report(job, { state: 'completed' });
  await expect.poll(() => rejected).toBe(1);
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect(page.getByRole('status').filter({ hasText: 'The server didn’t answer' })).toBeVisible();
  await main(page).getByRole('link', { name: 'Stories' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The server didn’t answer' })).toBeVisible();
  await expect(page.locator('#job-tray')).toBeVisible();
  await expect(page.getByLabel('Seconds')).toHaveValue('12.25');
  await expect(page).toHaveURL(new RegExp(`/scenes/${scene.id}$`));
  await page.unroute(/\/(scenes|forms|stories)\b/);
  await page.getByLabel('Seconds').fill('1');
  await page.getByLabel('Size').selectOption('320x180');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect(page.getByText('Started. Follow it in the tray.')).toBeVisible();
});

test('a page rendered before its job ended is updated', async ({ page, server }) => {
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running' });
  await open(page, '/learn');
  const held = await hold(page, `**/jobs/${job.jobId}`);
  await page.locator('#job-tray').click();
  await page.locator('#job-tray-panel').getByRole('link', { name: 'Baking bread' }).click();
  await held.arrived;
  await server.report(job, { state: 'failed', failure: { code: 'oven_cold', summary: 'Cold' } });
  await expect(page.locator('#job-tray')).toHaveAttribute('data-running', '0');
  held.release();
  await expect(heading(page, 'Baking bread')).toBeVisible();
  await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible();
});

test('going forward before the previous page has loaded stays on the current page', async ({ page }) => {
  await open(page, '/characters');
  await main(page).getByRole('link', { name: 'Stories' }).click();
  await expect(heading(page, 'Stories')).toBeVisible();
  const held = await hold(page, '**/characters');
  await page.evaluate(() => history.back());
  await held.arrived;
  await page.evaluate(() => history.forward());
  await expect(page).toHaveURL(/\/stories$/);
  const answer = page.waitForEvent('requestfinished');
  held.release();
  await answer;
  await expect(heading(page, 'Stories')).toBeVisible();
  await expect(page.getByRole('main')).not.toHaveAttribute('aria-busy');
  await main(page).getByRole('link', { name: 'Learn' }).click();
  await expect(heading(page, 'Learn')).toBeVisible();
});

test('a form can be sent again after its submission was abandoned', async ({ page, server, consoleErrors }) => {
  consoleErrors.expected.push(/net::ERR_FAILED/);
  const { items: characters } = await server.call('GET', '/characters');
  await open(page, `/characters/${characters[0].id}`);
  const held = await hold(page, '**/forms/save_character');
  await page.route('**/learn', (route) => route.abort());
  await page.getByLabel('Role').fill('Keeper of storms');
  await page.getByRole('button', { name: 'Save' }).click();
  await held.arrived;
  await main(page).getByRole('link', { name: 'Learn' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The server didn’t answer' })).toBeVisible();
  held.release();
  await expect(page.locator('form[aria-busy]')).toHaveCount(0);
  await page.unroute('**/forms/save_character');
  await page.getByLabel('Role').fill('Keeper of calm');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText(/^Saved/)).toBeVisible();
  const { items: saved } = await server.call('GET', '/characters');
  expect(saved.map((one) => one.role)).toContain('Keeper of calm');
});

test('a hidden page does not mark its job as seen', async ({ page, server }) => {
  await page.addInitScript(() => {
    window.seen = false;
    Object.defineProperty(document, 'visibilityState', { get: () => (window.seen ? 'visible' : 'hidden') });
  });
  const job = await server.external('Baking bread');
  await server.report(job, { state: 'running' });
  await open(page, `/jobs/${job.jobId}`);
  await server.report(job, { state: 'completed' });
  await expect(page.getByRole('main').getByText('Finished', { exact: true })).toBeVisible();
  const unseen = async () => (await server.call('GET', '/summary')).readyUnseen;
  expect(await unseen()).toBe(1);
  await page.evaluate(() => {
    window.seen = true;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(unseen).toBe(0);
});

test('going back from a place on a page restores the scroll position', async ({ page, server }) => {
  const { jobId } = await server.call('POST', '/jobs', { type: 'story', input: { prompt: 'A lighthouse', chapters: 6 } });
  await expect.poll(async () => (await server.job(jobId)).state, { timeout: 30_000 }).toBe('completed');
  await open(page, `/stories/${jobId}`);
  await page.getByRole('navigation', { name: 'Contents' }).getByRole('link').nth(4).click();
  const scrolled = () => page.evaluate(() => window.scrollY);
  await expect.poll(scrolled).toBeGreaterThan(500);
  await page.goBack();
  await expect.poll(scrolled).toBe(0);
});

test('a new story does not move the focus', async ({ page, server }) => {
  const write = () => server.call('POST', '/jobs', { type: 'story', input: { prompt: 'A lighthouse', chapters: 1 } });
  const done = async (job) => (await server.job(job.jobId)).state;
  const first = await write();
  await expect.poll(() => done(first), { timeout: 30_000 }).toBe('completed');
  await open(page, '/stories');
  const links = page.getByRole('main').locator('.row-title a');
  await links.first().focus();
  await write();
  await expect(links).toHaveCount(2);
  expect(await page.evaluate(() => document.activeElement.getAttribute('href'))).toBe(`/stories/${first.jobId}`);
});
