import { test as plain } from '@playwright/test';
import { expect, test } from '../fixtures.js';
import { ConformanceServer, run } from '../conformance/suite.js';

/** Scenarios that need none of the suite's own tools. They run against the program itself. */
const PLAIN = [
  'server-initialize',
  'server-session-lifecycle',
  'ping',
  'tools-list',
  'server-sse-multiple-streams',
  'resources-list',
  'sep-2164-resource-not-found',
  'prompts-list',
  'completion-complete',
  'dns-rebinding-protection',
  'caching',
  'http-header-validation',
  'input-required-result-unsupported-methods',
];

/** Scenarios that call the suite's own tools. */
const WITH_TOOLS = [
  'server-stateless',
  'tasks-lifecycle',
  'tasks-capability-negotiation',
  'tasks-wire-fields',
  'tasks-request-state-removal',
  'tasks-mrtr-input',
  'tasks-request-headers',
  'tasks-dispatch-and-envelope',
  'tasks-required-task-error',
  'tasks-mrtr-composition',
];

async function passes(scenario, url) {
  const { status, text } = await run(scenario, url);
  expect(text, 'the output of the suite').toMatch(/Passed: [1-9]\d*\/\d+, 0 failed, 0 warnings/);
  expect(status, text).toBe(0);
}

for (const scenario of PLAIN) {
  test(`the conformance suite passes: ${scenario}`, async ({ server }) => passes(scenario, server.url));
}

for (const scenario of WITH_TOOLS) {
  plain(`the conformance suite passes: ${scenario}`, async () => {
    const server = await new ConformanceServer().start();
    try {
      await passes(scenario, server.url);
    } finally {
      await server.stop();
    }
  });
}
