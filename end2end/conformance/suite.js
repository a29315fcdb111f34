import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const target = process.env.CARGO_TARGET_DIR ?? path('../../target');
/** The longest that a scenario may take. */
const TIMEOUT_MILLIS = 50_000;
const suite = path('../node_modules/@modelcontextprotocol/conformance/dist/index.js');

/** Runs one scenario of the official suite against a server's MCP endpoint, and returns its output and exit status. */
export async function run(scenario, url) {
  const args = ['--import', path('without_glob.mjs'), suite, 'server', '--url', `${url}/mcp`, '--scenario', scenario];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { ...process.env, FORCE_COLOR: '0' }, timeout: TIMEOUT_MILLIS }, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, text: stdout + stderr });
    });
  });
}

/** jobtray's server with the tools that the suite calls, from `examples/conformance`. */
export class ConformanceServer {
  #child = null;
  url = null;

  async start() {
    const program = `${target}/debug/examples/conformance`;
    this.#child = spawn(program, { stdio: ['ignore', 'pipe', 'inherit'] });
    const failed = once(this.#child, 'error').then(([error]) => {
      throw new Error(`${error.message}; build it with: cargo build --example conformance`);
    });
    try {
      this.url = await Promise.race([this.#address(), failed]);
    } catch (error) {
      await this.stop();
      throw error;
    }
    return this;
  }

  async #address() {
    for await (const line of createInterface({ input: this.#child.stdout })) {
      return line.replace('listening on ', '');
    }
    throw new Error('the conformance server did not print its address');
  }

  async stop() {
    const { pid, exitCode, signalCode } = this.#child;
    if (!pid || exitCode !== null || signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill();
    await gone;
  }
}
