// Measures how long a report over HTTP takes to change the DOM in Chromium, on loopback, with 100
// active jobs: from just before the request is sent to the mutation of the job's row.
//
//   node benches/report_to_dom.mjs [REPORTS]

import { setTimeout as wait } from 'node:timers/promises';
import { chromium, launchOptions, Server } from './chromium.mjs';

const JOBS = 100;
const REPORTS = Number(process.argv[2] ?? 500);
// A socket gets at most ten messages a second. The pause keeps that wait out of the measurement.
const PAUSE_MILLIS = 120;

const now = () => performance.timeOrigin + performance.now();

/** How far the page's clock is ahead of this process's clock, by the fastest of many round trips. */
async function clockOffset(page) {
  let best = { took: Infinity, offset: 0 };
  for (let times = 0; times < 50; times += 1) {
    const requested = now();
    const theirs = await page.evaluate(() => performance.timeOrigin + performance.now());
    const answered = now();
    const took = answered - requested;
    if (took < best.took) best = { took, offset: theirs - (requested + answered) / 2 };
  }
  return best.offset;
}

/** Runs in the page: records when a row's progress changes, by its new value. */
function watchRows() {
  window.changes = new Map();
  new MutationObserver((mutations) => {
    const at = performance.timeOrigin + performance.now();
    for (const { target } of mutations) window.changes.set(target.getAttribute('value'), at);
  }).observe(document.querySelector('#job-tray-panel'), { subtree: true, attributeFilter: ['value'] });
}

async function measure(server, page, shown) {
  const offset = await clockOffset(page);
  const sent = new Map();
  // Fractions of a power of two have an exact decimal form, so that each value can be recognized in the DOM.
  const denominator = 2 ** Math.ceil(Math.log2(REPORTS + 1));
  for (let number = 0; number < REPORTS; number += 1) {
    const progress = String((number + 1) / denominator);
    sent.set(progress, now() + offset);
    await server.report({ jobId: shown[number % shown.length] }, { progress: Number(progress) });
    await wait(PAUSE_MILLIS);
  }
  const seen = new Map(await page.evaluate(() => [...window.changes]));
  return [...sent].filter(([value]) => seen.has(value)).map(([value, at]) => seen.get(value) - at);
}

function print(times) {
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
  console.log(`${times.length} of ${REPORTS} reports seen, ${JOBS} active jobs`);
  console.log(`p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
}

const server = new Server();
const browser = await chromium.launch(launchOptions);
try {
  await server.start();
  for (let number = 0; number < JOBS; number += 1) {
    const job = await server.external(`Job ${number}`);
    await server.report(job, { state: 'running', progress: 0 });
  }
  const page = await browser.newPage();
  const socket = page.waitForEvent('websocket');
  await page.goto(server.url);
  await socket;
  await page.locator('#job-tray').click();
  const rows = page.locator('#job-tray-panel [data-job-id]');
  await rows.first().waitFor();
  const shown = await rows.evaluateAll((all) => all.map((row) => row.dataset.jobId));
  await page.evaluate(watchRows);
  print(await measure(server, page, shown));
} finally {
  await browser.close();
  await server.remove();
}
