import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The path of the system's Chromium, or of the one that CHROMIUM names. */
function find() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of process.env.PATH.split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Try the next folder.
      }
    }
  }
  throw new Error('no Chromium: install it, or set CHROMIUM to its path');
}

export const launchOptions = {
  executablePath: find(),
  // The sandbox does not work for root.
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
