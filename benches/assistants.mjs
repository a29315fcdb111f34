// How fast an assistant is answered over /mcp with 100,000 jobs in the store, and what 200 calls of
// wait_for_job cost while they wait and jobs change.
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
/** Of the system's clock, in which a process's time is told. */
const TICKS_A_SECOND = 100;

const server = new Server();
const agent = new http.Agent({ keepAlive: true, noDelay: true });
let id = 0;

/** Posts over a connection that is kept; `fetch` takes some milliseconds of its own now and then. */
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

/** A call of a client without a session, as of 2026-07-28; its answer. */
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

async function each(items, hands, work) {
  const queue = items.values();
  const hand = async () => {
    for (const item of queue) await work(item);
  };
  await Promise.all(Array.from({ length: hands }, hand));
}

/** Seconds of the processor that the server has taken. */
function processorSeconds() {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

function told(what, millis) {
  const sorted = millis.sort((a, b) => a - b);
  const at = (part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))].toFixed(2);
  console.log(`${what}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, at most ${at(1)} ms`);
}

try {
  await server.start();
  const jobs = [];
  await each(Array.from({ length: JOBS }, (_, number) => number), 64, async (number) => {
    jobs.push(await server.external(`Job ${number}`));
    if (number >= WAITING) await server.report(jobs.at(-1), { state: 'completed' });
  });
  const timed = async (tool, args) => {
    const began = performance.now();
    await call(tool, args());
    return performance.now() - began;
  };
  const any = () => ({ job_id: jobs[Math.floor(Math.random() * jobs.length)].jobId });
  for (const tool of ['get_job_status', 'list_jobs']) {
    const args = tool === 'list_jobs' ? () => ({}) : any;
    const millis = [];
    for (let turn = 0; turn < CALLS; turn += 1) millis.push(await timed(tool, args));
    told(`${tool} with ${JOBS} jobs, ${CALLS} calls`, millis);
  }
  const [other, awaited] = [await server.external('Other'), await server.external('Awaited')];
  const rest = async (seconds) => {
    const before = processorSeconds();
    for (let step = 0; step < seconds * 100; step += 1) {
      await server.report(other, { progress: step / (seconds * 100 + 1) });
      await wait(10);
    }
    return ((processorSeconds() - before) / seconds) * 100;
  };
  const alone = await rest(WAITED_SECONDS);
  const waiting = Array.from({ length: WAITING }, () => call('wait_for_job', { job_id: awaited.jobId }));
  await wait(500);
  const shared = await rest(WAITED_SECONDS);
  const began = performance.now();
  await server.report(awaited, { state: 'completed' });
  const ended = await Promise.all(waiting.map(async (answer) => [(await answer).state, performance.now() - began]));
  if (ended.some(([state]) => state !== 'completed')) throw new Error('not all heard of the end');
  console.log(`another job reports about 100 times a second: ${alone.toFixed(1)} % of a core, with ${WAITING} who wait ${shared.toFixed(1)} %`);
  told(`the end reaches ${WAITING} who wait`, ended.map(([, millis]) => millis));
} finally {
  agent.destroy();
  await server.remove();
}
