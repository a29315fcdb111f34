import { GONE, expect, open, test, tray } from '../fixtures.js';

test('a killed server is shown as offline, and after its restart everything is there', async ({
  page,
  server,
  troubles,
}) => {
  // The browser itself reports every connection that fails.
  troubles.expected.push(GONE);
  const running = await server.external('Baking bread');
  await server.report(running, { state: 'running', progress: 0.3 });
  await server.external('Baking cake');
  await open(page, '/');
  await server.stop('SIGKILL');
  await expect(tray(page)).toHaveAttribute('data-status', 'offline');
  await expect(tray(page)).toHaveAttribute('data-running', '1');
  await server.start();
  await expect(tray(page)).toHaveAttribute('data-status', 'running', { timeout: 45_000 });
  await expect(tray(page)).toHaveAttribute('data-running', '1');
  await expect(tray(page)).toHaveAttribute('data-queued', '1');
  await server.report(running, { progress: 0.8 });
  await expect(tray(page)).toHaveAttribute('data-progress', /^[4-8]\d$/);
  expect((await server.job(running.jobId)).progress).toBe(0.8);
});
