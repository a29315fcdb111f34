import AxeBuilder from '@axe-core/playwright';
import { expect, open, openPanel, results, row, test, tray, views } from '../fixtures.js';

const LONG = 'Generating the very long name of a scene that nobody would want to read '.repeat(2).trim();
const HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>';

/** Submits a job in each state, with names that strain the layout. */
async function submitJobs(server) {
  const [running, failed, queued, done] = [
    await server.external(LONG),
    await server.external('Baking cake'),
    await server.external('Baking rolls'),
    await server.external('"Bread" & <3 \'rolls\''),
  ];
  await server.report(running, { state: 'running', progress: 0.4, currentStep: HOSTILE });
  await server.report(failed, { state: 'failed', failure: { code: 'oven_cold', summary: HOSTILE } });
  await server.report(done, { state: 'completed' });
  return { running, failed, queued, done };
}

for (const colorScheme of ['light', 'dark']) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, reducedMotion: 'reduce' });

    test('axe finds no violation on any page', async ({ page, server, consoleErrors }) => {
      consoleErrors.expected.push(/404 \(Not Found\) \(http:\S+\/nowhere\)/);
      const resultPages = await results(server);
      const { running, failed } = await submitJobs(server);
      const pages = [...(await views(server)), ...resultPages, `/jobs/${running.jobId}`, `/jobs/${failed.jobId}`, '/nowhere'];
      for (const view of pages) {
        await open(page, view);
        await openPanel(page);
        await expect(row(page, running)).toBeVisible();
        expect(await violations(page), view).toEqual([]);
      }
    });
  });
}

/** The violations that axe finds on the page as it is now. */
async function violations(page) {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/**
 * Shows every kind of alert at once: a digest and toasts of each kind. Returns a running job, whose
 * Cancel button asks for confirmation once the job has run for a minute.
 */
async function showAlerts(page, server) {
  const jobs = [];
  for (const name of [LONG, 'Baking cake', 'Baking rolls', 'Baking pie', 'Baking bread', 'Long work']) {
    const job = await server.external(name);
    await server.report(job, { state: 'running' });
    jobs.push(job);
  }
  await server.report(jobs[0], { state: 'completed' });
  await server.report(jobs[1], { state: 'failed', failure: { code: 'oven_cold', summary: HOSTILE } });
  await open(page, '/');
  await expect(page.locator('#toasts [data-toast="digest"]')).toBeVisible();
  await server.report(jobs[2], { state: 'completed' });
  await server.report(jobs[3], { state: 'failed', failure: { code: 'oven_cold', summary: LONG } });
  await openPanel(page);
  await row(page, jobs[4]).getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('#toasts [data-toast]', { hasText: 'was cancelled' })).toBeVisible();
  return jobs[5];
}

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds no violation in alerts, ${colorScheme}`, async ({ page, server }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const long = await showAlerts(page, server);
    await page.locator('#toasts [data-toast="digest"]').hover();
    expect(await violations(page)).toEqual([]);
    await page.evaluate(() => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + 90_000;
    });
    await row(page, long).getByRole('button', { name: 'Cancel' }).click();
    await expect(page.locator('dialog[open]')).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test('with forced colors nothing is shown by color alone', async ({ page, server }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await showAlerts(page, server);
  const outline = (name) => page.getByRole('button', { name, exact: true }).evaluate((button) => getComputedStyle(button).outlineStyle);
  expect([await outline('Mine'), await outline('Studio')]).toEqual(['solid', 'none']);
  // A progress bar has an outline, whatever the colors are.
  const bars = page.locator('#job-tray-panel progress');
  const edges = await bars.evaluateAll((bars) => bars.map((bar) => getComputedStyle(bar).outlineStyle));
  expect(edges.length).toBeGreaterThan(0);
  for (const edge of edges) expect(edge).toBe('solid');
});

test('the Tab key reaches every control, and the focus is visible', async ({ page, server }) => {
  await showAlerts(page, server);
  for (const view of ['/settings', '/jobs']) {
    await open(page, view);
    // Radio buttons of one name are one tab stop.
    const stops = await page.evaluate(() => {
      const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')];
      const names = new Set();
      return all.filter((one) => {
        if (!one.checkVisibility() || one.disabled || one.type === 'hidden') return false;
        if (one.type !== 'radio') return true;
        const first = !names.has(one.name);
        names.add(one.name);
        return first;
      }).length;
    });
    const reached = new Set();
    for (let step = 0; step < stops * 2; step += 1) {
      await page.keyboard.press('Tab');
      const at = await page.evaluate(() => {
        const one = document.activeElement;
        if (one === document.body) return null;
        const style = getComputedStyle(one);
        window.marks ??= [];
        if (!window.marks.includes(one)) window.marks.push(one);
        const around = one.closest('.job');
        const shown = style.outlineStyle !== 'none' || (around && getComputedStyle(around).outlineStyle !== 'none');
        return { number: window.marks.indexOf(one), shown: Boolean(shown), what: one.outerHTML.slice(0, 120) };
      });
      if (!at) break;
      expect(at.shown, `the focus is visible on ${at.what}`).toBe(true);
      reached.add(at.number);
    }
    expect(reached.size, view).toBe(stops);
  }
});

test.describe('at 200 % zoom', () => {
  // The viewport of a window of 1280 by 800 pixels at 200 %.
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test('no page scrolls sideways, and the panel fits in the window', async ({ page, server }) => {
    await showAlerts(page, server);
    for (const view of await views(server)) {
      await open(page, view);
      await openPanel(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), view).toBeLessThanOrEqual(640);
      const panel = await page.locator('#job-tray-panel').boundingBox();
      expect(panel.y + panel.height, view).toBeLessThanOrEqual(400);
    }
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('neither a page nor the panel scrolls sideways', async ({ page, server }) => {
    const resultPages = await results(server);
    const { running } = await submitJobs(server);
    for (const view of [...(await views(server)), ...resultPages, `/jobs/${running.jobId}`]) {
      await open(page, view);
      await openPanel(page);
      await expect(row(page, running)).toBeVisible();
      const widths = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.querySelector('#job-tray-panel').scrollWidth,
      ]);
      for (const width of widths) expect(width, view).toBeLessThanOrEqual(390);
    }
  });
});

test('names and reports are shown as text, never as markup', async ({ page, server }) => {
  await expect(server.external(HOSTILE)).rejects.toThrow(/422.*"field":"name"/);
  const { running, failed, done } = await submitJobs(server);
  for (const view of ['/', '/jobs', `/jobs/${running.jobId}`, `/jobs/${failed.jobId}`]) {
    await open(page, view);
    await openPanel(page);
    for (const job of [running, failed]) await expect(row(page, job), view).toContainText(HOSTILE);
    await expect(row(page, done)).toContainText('"Bread" & <3');
    expect(await page.evaluate(() => window.hurt), view).toBeUndefined();
    expect((await row(page, running).boundingBox()).width).toBeLessThanOrEqual(420);
  }
});
