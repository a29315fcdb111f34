// Measures the home page of an idle server: the time to the first byte over a kept-alive connection, the
// server's resident memory, and the size of what a browser downloads to hydrate the page.
//
//   node benches/home_page.mjs [REQUESTS]

import { readFile, stat } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { Server } from '../end2end/server.js';

const REQUESTS = Number(process.argv[2] ?? 200);
const FILES = ['jobtray.wasm', 'jobtray.js'];

/** Milliseconds from the request to the first byte of the response's body. */
function firstByte(url, agent) {
  return new Promise((resolve, reject) => {
    const requested = performance.now();
    get(url, { agent, headers: { accept: 'text/html' } }, (answer) => {
      answer.once('data', () => {
        const took = performance.now() - requested;
        answer.on('end', () => resolve(took)).resume();
      });
    }).on('error', reject);
  });
}

/** Resident memory in MiB, as Linux reports it. */
async function resident(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB/m.exec(status)[1]) / 1024).toFixed(1);
}

const server = await new Server().start();
try {
  const before = await resident(server.pid);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times = [];
  for (let number = 0; number < REQUESTS; number += 1) times.push(await firstByte(server.url, agent));
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(1);
  console.log(`first byte of ${REQUESTS}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
  console.log(`resident: ${before} MiB at first, ${await resident(server.pid)} MiB after`);
} finally {
  await server.remove();
}
const sizes = await Promise.all(FILES.map((file) => stat(new URL(`../target/site/pkg/${file}.br`, import.meta.url))));
const bytes = sizes.map(({ size }) => size);
console.log(`brotli: ${FILES.map((file, place) => `${file} ${bytes[place]}`).join(', ')}; together ${bytes.reduce((a, b) => a + b)} bytes`);
