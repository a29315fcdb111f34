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
        const { violations } = await new AxeBuilder({ page }).analyze();
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`);
        expect(found, view).toEqual([]);
      }
    });
  });
}

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
