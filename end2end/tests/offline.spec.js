import { CONNECTION_ERRORS, expect, open, test, tray } from '../fixtures.js';

test('the tray shows a killed server as offline, and catches up after its restart', async ({
  page,
  server,
  consoleErrors,
}) => {
  // The browser itself reports every connection that fails.
  consoleErrors.expected.push(CONNECTION_ERRORS);
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
