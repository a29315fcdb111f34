import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = process.env.JOBTRAY_PROGRAM ?? join(root, 'target/release/jobtray');

/** The built program on a free port, with a data folder of its own. */
export class Server {
  #child = null;
  #folder = null;
  /** Its standard error so far. */
  log = '';
  /** `http://127.0.0.1:PORT`, which stays the same after a restart. */
  url = null;

  /** Starts the server and waits until it listens. `settings` are environment variables. */
  async start(settings = {}) {
    this.#folder ??= await mkdtemp(join(tmpdir(), 'jobtray-'));
    const listen = this.url ? new URL(this.url).host : '127.0.0.1:0';
    this.#child = spawn(program, ['serve', '--listen', listen], {
      cwd: root,
      env: {
        ...process.env,
        DATABASE_URL: `sqlite:${join(this.#folder, 'jobtray.db')}`,
        JOBTRAY_DATA_DIR: this.#folder,
        JOBTRAY_CRAFT_DIR: join(root, 'samples/craft'),
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stderr.on('data', (text) => (this.log += text));
    const ended = once(this.#child, 'exit').then(([code, signal]) => {
      throw new Error(`the server exited (${code ?? signal}) before it listened:\n${this.log}`);
    });
    ended.catch(() => {});
    this.url = await Promise.race([this.#address(), ended]);
    return this;
  }

  async #address() {
    for await (const line of createInterface({ input: this.#child.stdout })) {
      const found = /^listening on (http:\/\/\S+?)\/?$/.exec(line);
      if (found) return found[1];
    }
    throw new Error(`the server did not print its address:\n${this.log}`);
  }

  get pid() {
    return this.#child.pid;
  }

  /** Stops the server, by default with SIGKILL as in a crash, and waits until it has exited. */
  async stop(signal = 'SIGKILL') {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  /** Stops the server and removes its data. */
  async remove() {
    await this.stop();
    if (this.#folder) await rm(this.#folder, { recursive: true, force: true });
  }

  /** Calls the REST interface, and returns the body as JSON, or null if there is none. */
  async call(method, path, body, headers = {}) {
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }

  /** Submits an external job, which the test reports on. */
  external(name, more = {}) {
    return this.call('POST', '/jobs', { type: 'bake', name, input: {}, external: true, ...more });
  }

  /** Reports on an external job. */
  report(job, report) {
    return this.call('PATCH', `/jobs/${job.jobId}`, report);
  }

  job(id) {
    return this.call('GET', `/jobs/${id}`);
  }
}
