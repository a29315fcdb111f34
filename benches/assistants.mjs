// Measures how fast an assistant is answered over /mcp with 100,000 jobs in the store, and what 200 calls
// of wait_for_job cost while they wait and other jobs change.
//
//   node benches/assistants.mjs [JOBS]

import { readFileSync } from 'node:fs';
import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Server } from './chromium.mjs';

const JOBS = Number(process.argv[2] ?? 100_000);
const CALLS = 2000;
const WAITING = 200;
const WAITED_SECONDS = 10;
/** The unit in which Linux reports a process's time (`sysconf(_SC_CLK_TCK)`). */
const TICKS_PER_SECOND = 100;

const server = new Server();
const agent = new http.Agent({ keepAlive: true, noDelay: true });
let id = 0;

/** Posts over a kept-alive connection. `fetch` sometimes adds some milliseconds of its own. */
function post(body, headers) {
  return new Promise((resolve, reject) => {
    const request = http.request(`${server.url}/mcp`, { method: 'POST', headers, agent }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part)).on('error', reject);
      answer.on('end', () => resolve(Buffer.concat(parts).toString()));
    });
    request.on('error', reject).end(JSON.stringify(body));
  });
}

/** Calls a tool as a client without a session does (protocol revision 2026-07-28). */
async function call(name, args) {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const text = await post({ jsonrpc: '2.0', id: (id += 1), method: 'tools/call', params: { name, arguments: args, _meta } }, {
    'content-type': 'application/json', accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name,
  });
  const line = text.split('\n').findLast((one) => one.startsWith('data: {'));
  const { result, error } = JSON.parse(line ? line.slice('data: '.length) : text);
  if (!result || result.isError) throw new Error(JSON.stringify(error ?? result));
  return result.structuredContent;
}

async function forEachConcurrently(items, concurrency, action) {
  const queue = items.values();
  const worker = async () => {
    for (const item of queue) await action(item);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/** Processor time that the server has used, in seconds. */
function processorSeconds() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

function printTimes(what, millis) {
  const sorted = millis.sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(2);
  console.log(`${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
}

try {
  await server.start();
  const jobs = [];
  await forEachConcurrently(Array.from({ length: JOBS }, (_, number) => number), 64, async (number) => {
    jobs.push(await server.external(`Job ${number}`));
    if (number >= WAITING) await server.report(jobs.at(-1), { state: 'completed' });
  });
  const timed = async (tool, args) => {
    const started = performance.now();
    await call(tool, args());
    return performance.now() - started;
  };
  const any = () => ({ job_id: jobs[Math.floor(Math.random() * jobs.length)].jobId });
  for (const tool of ['get_job_status', 'list_jobs']) {
    const args = tool === 'list_jobs' ? () => ({}) : any;
    const millis = [];
    for (let turn = 0; turn < CALLS; turn += 1) millis.push(await timed(tool, args));
    printTimes(`${tool} with ${JOBS} jobs, ${CALLS} calls`, millis);
  }
  const [other, awaited] = [await server.external('Other'), await server.external('Awaited')];
  const processorPercent = async (seconds) => {
    const before = processorSeconds();
    for (let step = 0; step < seconds * 100; step += 1) {
      await server.report(other, { progress: step / (seconds * 100 + 1) });
      await wait(10);
    }
    return ((processorSeconds() - before) / seconds) * 100;
  };
  const alone = await processorPercent(WAITED_SECONDS);
  const waiting = Array.from({ length: WAITING }, () => call('wait_for_job', { job_id: awaited.jobId }));
  await wait(500);
  const withWaits = await processorPercent(WAITED_SECONDS);
  const reported = performance.now();
  await server.report(awaited, { state: 'completed' });
  const ended = await Promise.all(waiting.map(async (answer) => [(await answer).state, performance.now() - reported]));
  if (ended.some(([state]) => state !== 'completed')) throw new Error('a call ended before its job');
  console.log(`another job reports about 100 times a second: ${alone.toFixed(1)} % of a core, with ${WAITING} waiting calls ${withWaits.toFixed(1)} %`);
  printTimes(`the end reaches ${WAITING} waiting calls`, ended.map(([, millis]) => millis));
} finally {
  agent.destroy();
  await server.remove();
}
