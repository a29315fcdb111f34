import AxeBuilder from '@axe-core/playwright';
import { expect, open, openPanel, results, row, test, tray, views } from '../fixtures.js';

const LONG = 'Generating the very long name of a scene that nobody would want to read '.repeat(2).trim();
const HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>';

/** One job of each state, with names that try the layout. */
async function busy(server) {
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

    test('axe finds nothing on any page', async ({ page, server, troubles }) => {
      troubles.expected.push(/404 \(Not Found\) \(http:\S+\/nowhere\)/);
      const made = await results(server);
      const { running, failed } = await busy(server);
      const pages = [...(await views(server)), ...made, `/jobs/${running.jobId}`, `/jobs/${failed.jobId}`, '/nowhere'];
      for (const view of pages) {
        await open(page, view);
        await openPanel(page);
        await expect(row(page, running)).toBeVisible();
        expect(await found(page), view).toEqual([]);
      }
    });
  });
}

/** What axe finds wrong with what stands there now. */
async function found(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
}

/** Every alert that a page can show, at once: a digest, toasts of each kind, and a question. */
async function alarmed(page, server) {
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
  test(`axe finds nothing in alerts, ${colorScheme}`, async ({ page, server }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const long = await alarmed(page, server);
    await page.locator('#toasts [data-toast="digest"]').hover();
    expect(await found(page)).toEqual([]);
    await page.evaluate(() => {
      const now = performance.now.bind(performance);
      performance.now = () => now() + 90_000;
    });
    await row(page, long).getByRole('button', { name: 'Cancel' }).click();
    await expect(page.locator('dialog[open]')).toBeVisible();
    expect(await found(page)).toEqual([]);
  });
}

test('forced colours leave nothing that is told by colour alone', async ({ page, server }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  await alarmed(page, server);
  const look = (name) => page.getByRole('button', { name, exact: true }).evaluate((button) => getComputedStyle(button).outlineStyle);
  expect([await look('Mine'), await look('Studio')]).toEqual(['solid', 'none']);
  // What is done of a bar has an edge around it, whatever the colours are.
  const bars = page.locator('#job-tray-panel progress');
  const edges = await bars.evaluateAll((bars) => bars.map((bar) => getComputedStyle(bar).outlineStyle));
  expect(edges.length).toBeGreaterThan(0);
  for (const edge of edges) expect(edge).toBe('solid');
});

test('the keyboard reaches every control, in order, and shows where it is', async ({ page, server }) => {
  await alarmed(page, server);
  for (const view of ['/settings', '/jobs']) {
    await open(page, view);
    // Each is marked by the focus; radios of one name are one stop.
    const wanted = await page.evaluate(() => {
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
    for (let step = 0; step < wanted * 2; step += 1) {
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
      expect(at.shown, `the focus is seen on ${at.what}`).toBe(true);
      reached.add(at.number);
    }
    expect(reached.size, view).toBe(wanted);
  }
});

test.describe('at twice the size', () => {
  // What a window of 1280 pixels has room for at 200 %.
  test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });

  test('nothing is cut off sideways, and what stands over the page leaves room', async ({ page, server }) => {
    await alarmed(page, server);
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

  test('no page scrolls sideways, the panel neither', async ({ page, server }) => {
    const made = await results(server);
    const { running } = await busy(server);
    for (const view of [...(await views(server)), ...made, `/jobs/${running.jobId}`]) {
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

test('what people and workers write is text and nothing else', async ({ page, server }) => {
  await expect(server.external(HOSTILE)).rejects.toThrow(/422.*"field":"name"/);
  const { running, failed, done } = await busy(server);
  for (const view of ['/', '/jobs', `/jobs/${running.jobId}`, `/jobs/${failed.jobId}`]) {
    await open(page, view);
    await openPanel(page);
    for (const job of [running, failed]) await expect(row(page, job), view).toContainText(HOSTILE);
    await expect(row(page, done)).toContainText('"Bread" & <3');
    expect(await page.evaluate(() => window.hurt), view).toBeUndefined();
    expect((await row(page, running).boundingBox()).width).toBeLessThanOrEqual(420);
  }
});
