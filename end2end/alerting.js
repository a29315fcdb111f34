import { open } from './fixtures.js';

export const completed = { state: 'completed' };
export const failed = { state: 'failed', failure: { code: 'oven_cold', summary: 'The oven is cold.' } };

/** Records the notes that a tab plays and the notifications that it shows. */
export async function recordAlerts(context) {
  await context.addInitScript(() => {
    window.notes = [];
    window.notifications = [];
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...args) {
      window.notes.push(this.frequency.value);
      return start.apply(this, args);
    };
    window.Notification = class {
      static permission = 'granted';
      static requestPermission = async () => 'granted';
      constructor(title, options) {
        window.notifications.push({ title, ...options });
      }
      close() {}
    };
  });
}

/** Sets whether a page has the focus. All headless tabs claim to have it. */
export async function setFocus(page, has) {
  await page.evaluate((has) => {
    Object.defineProperty(document, 'hasFocus', { value: () => has, configurable: true });
    window.dispatchEvent(new Event(has ? 'focus' : 'blur'));
  }, has);
}

/** Opens the home page in this many tabs. */
export async function openTabs(context, count) {
  const tabs = [];
  for (let n = 0; n < count; n += 1) {
    const tab = await context.newPage();
    await open(tab, '/');
    // Browsers allow sound only after a user gesture.
    await tab.keyboard.press('Shift');
    tabs.push(tab);
  }
  return tabs;
}

/** Submits a job that is running. */
export async function running(server, name) {
  const job = await server.external(name);
  await server.report(job, { state: 'running', progress: 0.73 });
  return job;
}

/** The records of these tabs: `notes` or `notifications`. */
export const collect = async (tabs, name) => (await Promise.all(tabs.map((tab) => tab.evaluate((name) => window[name], name)))).flat();
