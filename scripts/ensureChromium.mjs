import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findChromium } from './chromium.mjs';

/** Finds a Chromium, or installs one: Debian's package when root there, Playwright's download elsewhere. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const onDebianAsRoot = existsSync('/etc/debian_version') && process.getuid?.() === 0;
  console.log(`No Chromium found; installing ${onDebianAsRoot ? 'the chromium package' : 'Playwright’s'} …`);
  if (onDebianAsRoot) {
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', 'chromium'], { DEBIAN_FRONTEND: 'noninteractive' });
  } else {
    run('npx', ['playwright', 'install', 'chromium']);
  }
  const installed = findChromium();
  if (installed) return installed;
  console.error(
    'No Chromium could be found or installed. Install Chromium or Chrome, or set LAB_CHROMIUM to its executable, and try again.',
  );
  process.exit(1);
}

function run(command, args, environment = {}) {
  spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  });
}
