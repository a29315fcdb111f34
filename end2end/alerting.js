import { open } from './fixtures.js';

export const completed = { state: 'completed' };
export const failed = { state: 'failed', failure: { code: 'oven_cold', summary: 'The oven is cold.' } };

/** Counts what a tab plays and shows, in a page where somebody has clicked. */
export async function instrument(context) {
  await context.addInitScript(() => {
    window.heard = [];
    window.shown = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...args) {
      window.heard.push(this.frequency.value);
      return start.apply(this, args);
    };
    window.Notification = class {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title, options) {
        window.shown.push({ title, ...options });
      }
      close() {}
    };
  });
}

/** A page believes that it has the focus, or not: headless tabs all say that they have it. */
export async function focus(page, has) {
  await page.evaluate((has) => {
    Object.defineProperty(document, 'hasFocus', { value: () => has, configurable: true });
    window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
  }, has);
}

/** Opens the home page in so many tabs. */
export async function tabs(context, count) {
  const tabs = [];
  for (let n = 0; n < count; n += 1) {
    const tab = await context.newPage();
    await open(tab, '/');
    // A gesture unlocks the sound.
    await tab.keyboard.press('Shift');
    tabs.push(tab);
  }
  return tabs;
}

/** A job that is at work. */
export async function running(server, name) {
  const job = await server.external(name);
  await server.report(job, { state: 'running', progress: 0.73 });
  return job;
}

/** What all of these tabs have noted. */
export const all = async (tabs, what) => (await Promise.all(tabs.map((tab) => tab.evaluate((what) => window[what], what)))).flat();
