import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** Flags that give WebGPU on a machine without a GPU and keep the browser from reaching out by itself. */
export const chromiumFlags = [
  '--enable-unsafe-webgpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/**
 * The Chromium to use, in this order: `LAB_CHROMIUM`, Playwright's own, the system's.
 * @returns {string | undefined} a path, or undefined when none is installed
 */
export function findChromium() {
  const fromEnvironment = process.env.LAB_CHROMIUM;
  if (fromEnvironment) {
    if (!existsSync(fromEnvironment)) {
      throw new Error(`LAB_CHROMIUM names ${fromEnvironment}, which does not exist. Correct the path or unset it.`);
    }
    return fromEnvironment;
  }
  const candidates = [
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  return candidates.find((path) => existsSync(path));
}

/** Launch options for Playwright and for Vitest's browser mode. */
export function chromiumLaunchOptions() {
  const isRoot = process.getuid?.() === 0;
  return { executablePath: findChromium(), args: isRoot ? [...chromiumFlags, '--no-sandbox'] : chromiumFlags };
}
