// Measures a page whose panel is open while 1,000 active jobs report 1,000 times a second and then end within a
// second: the browser's tasks of more than 50 ms, by wall-clock time and by processor time (which differ when
// other processes use the same cores), the frames while the panel is scrolled, and the alerts.
//
//   node benches/busy_page.mjs [SECONDS]

import { setPriority } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, launchOptions, Server } from './chromium.mjs';

const JOBS = 1000;
const REPORTS_A_SECOND = 1000;
const SECONDS = Number(process.argv[2] ?? 15);
/** Reports go out in groups, this long apart. */
const STEP_MILLIS = 20;
/** The lowest priority, for the server and for the process that sends the reports. */
const LOWEST_PRIORITY = 19;

/** A longer task delays the page noticeably. */
const LONG_MICROS = 50_000;

/** Runs in the page: records when each frame started, and counts the sounds. */
function recordFramesAndSounds() {
  window.frames = [];
  window.sounds = 0;
  const frame = (at) => {
    window.frames.push(at);
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const start = OscillatorNode.prototype.start;
  let last = 0;
  OscillatorNode.prototype.start = function (...args) {
    // The notes of one sound start together.
    if (performance.now() - last > 500) window.sounds += 1;
    last = performance.now();
    return start.apply(this, args);
  };
}

async function forEachConcurrently(items, concurrency, action) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await action(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/** Reports on all jobs in turn at the wanted rate, and returns the rate that was reached. */
async function report(server, jobs) {
  const group = (REPORTS_A_SECOND * STEP_MILLIS) / 1000;
  const started = performance.now();
  const answers = [];
  let sent = 0;
  while (performance.now() - started < SECONDS * 1000) {
    const due = Math.floor((performance.now() - started) / STEP_MILLIS + 1) * group;
    for (; sent < due; sent += 1) {
      const round = Math.floor(sent / JOBS) + 1;
      answers.push(server.report(jobs[sent % JOBS], { progress: round / (SECONDS + 2), currentStep: `Round ${round}` }));
    }
    await wait(STEP_MILLIS);
  }
  await Promise.all(answers);
  return sent / ((performance.now() - started) / 1000);
}

/** Scrolls the open panel up and down with the wheel. */
async function scroll(page) {
  const box = await page.locator('#job-tray-panel .panel-rows').boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; turn < SECONDS * 10; turn += 1) {
    await page.mouse.wheel(0, turn % 40 < 20 ? 240 : -240);
    await wait(100);
  }
}

/** Traces the tasks of the page's main thread during an action: wall-clock and processor time in microseconds. */
async function traceTasks(browser, page, action) {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
  const answer = await action();
  const { traceEvents } = JSON.parse(await browser.stopTracing());
  const frames = await page.evaluate(() => window.frames.splice(0));
  const thread = ({ pid, tid }) => `${pid}:${tid}`;
  const pages = new Set(traceEvents.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain').map(thread));
  const tasks = traceEvents.filter((event) => event.ph === 'X' && event.name.endsWith('RunTask') && pages.has(thread(event)));
  return { answer, frames, tasks };
}

function print(what, { frames, tasks }) {
  const over = (field) => {
    const lengths = tasks.map((task) => task[field] ?? 0);
    const most = lengths.reduce((most, length) => Math.max(most, length), 0) / 1000;
    return `${lengths.filter((length) => length > LONG_MICROS).length} (the longest ${most.toFixed(0)} ms)`;
  };
  const gaps = frames.slice(1).map((at, index) => at - frames[index]).sort((a, b) => a - b);
  const at = (part) => gaps[Math.min(gaps.length - 1, Math.floor(gaps.length * part))]?.toFixed(1);
  console.log(`${what}`);
  console.log(`  tasks over 50 ms by wall-clock time: ${over('dur')}, by processor time: ${over('tdur')}`);
  console.log(`  ${frames.length} frames, ${at(0.5)} ms apart (p50), ${at(0.99)} ms (p99), ${at(1)} ms (max)`);
}

const server = new Server();
const browser = await chromium.launch(launchOptions);
// A user's browser does not share its cores with the server and the workers. So this process and the server,
// which is its child, yield to the browser.
setPriority(LOWEST_PRIORITY);
try {
  await server.start();
  const jobs = [];
  await forEachConcurrently(Array.from({ length: JOBS }, (_, number) => number), 16, async (number) => {
    const job = await server.external(`Job ${number}`);
    await server.report(job, { state: 'running', progress: 0 });
    jobs.push(job);
  });
  const page = await browser.newPage();
  await page.addInitScript(recordFramesAndSounds);
  const opening = await traceTasks(browser, page, async () => {
    const socket = page.waitForEvent('websocket');
    await page.goto(server.url);
    await socket;
    await page.locator('#job-tray').click();
    await page.locator('#job-tray-panel [data-job-id]').first().waitFor();
    await page.locator('#sound-toggle').click();
    await wait(2000);
  });
  print(`opening a page with ${JOBS} active jobs`, opening);
  const reports = await traceTasks(browser, page, () => Promise.all([report(server, jobs), scroll(page)]));
  print(`${reports.answer[0].toFixed(0)} reports a second for ${SECONDS} s, the panel scrolled`, reports);
  const sounds = await page.evaluate(() => window.sounds);
  const ends = await traceTasks(browser, page, async () => {
    const started = performance.now();
    await forEachConcurrently(jobs, 64, (job) => server.report(job, { state: 'completed' }));
    const took = performance.now() - started;
    await wait(4000);
    return took;
  });
  print(`${JOBS} jobs ended within ${ends.answer.toFixed(0)} ms`, ends);
  const toasts = await page.locator('#toasts [data-toast] .toast-name').evaluateAll((all) => all.filter((one) => !one.closest('ul')).map((one) => one.textContent));
  const played = (await page.evaluate(() => window.sounds)) - sounds;
  console.log(`  ${toasts.length} toast: ${toasts.join('; ')}; ${played} sound`);
} finally {
  await browser.close();
  await server.remove();
}
