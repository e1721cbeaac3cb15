import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { ensureBuilt } from '../../scripts/ensureBuilt.mjs';
import { servePage } from '../../scripts/servePage.mjs';
import { LabError } from '../foundation/labError';
import type { Environment } from '../recipe/runRecord';
import { type CleanUp, createCleanUp } from './cleanUp';
import type { EngineOptions } from './engineFlags';
import { createPageJobs, type JobPage, type PageJobs } from './pageJobs';
import { isFolder } from './readInput';

/** The lab's engine in a headless browser: the same page, worker and code as in the app. */
export interface HeadlessLab extends Pick<PageJobs, 'run' | 'cancel'> {
  environment: Environment;
  close(): Promise<void>;
}

/**
 * Builds the page if needed, serves it on a free port of this machine and opens it in Chromium. When a step fails, what
 * the steps before it opened is closed again.
 *
 * @throws LabError `no-backend` when there is no browser, or nothing there can compute
 */
export async function openHeadlessLab(options: EngineOptions): Promise<HeadlessLab> {
  await ensureBuilt();
  const cleanUp = createCleanUp();
  try {
    const server = await servePage({ port: 4200 });
    cleanUp.add(() => server.close());
    const context = await launch(options.store ?? (await makeProfile(cleanUp)));
    cleanUp.add(() => context.close());
    const page = context.pages()[0] ?? (await context.newPage());
    const jobs = createPageJobs(asJobPage(page));
    page.on('crash', () => jobs.fail(pageGone('crashed')));
    page.on('close', () => jobs.fail(pageGone('was closed')));
    await page.exposeFunction('tellCommandLine', jobs.receive);
    const query = options.backend ? `?backend=${options.backend}` : '';
    await page.goto(`${server.origin}headless.html${query}`);
    return { environment: await jobs.environment, run: jobs.run, cancel: jobs.cancel, close: cleanUp.run };
  } catch (error) {
    // Why it did not open says more than why something could not be closed after that.
    await cleanUp.run().catch(() => undefined);
    throw error;
  }
}

/** A profile that is deleted again. */
async function makeProfile(cleanUp: CleanUp): Promise<string> {
  const profile = await mkdtemp(join(tmpdir(), 'snnl-fair-lab-'));
  cleanUp.add(() => rm(profile, { recursive: true, force: true }));
  return profile;
}

async function launch(profile: string): Promise<BrowserContext> {
  try {
    return await chromium.launchPersistentContext(profile, {
      ...chromiumLaunchOptions(),
      headless: true,
      handleSIGINT: false,
    });
  } catch (cause) {
    throw new LabError({
      code: 'no-backend',
      message: 'The headless browser could not be started.',
      hint: 'Install Chromium or Chrome, or set LAB_CHROMIUM to its executable.',
      cause,
    });
  }
}

function asJobPage(page: Page): JobPage {
  return {
    async choose(paths) {
      await page.evaluate(() => document.forms[0]?.reset());
      const [first] = paths;
      if (first === undefined) return;
      const folder = await isFolder(first);
      await page.setInputFiles(folder ? '#folder' : '#files', folder ? first : paths);
    },
    start: (call, job, params) =>
      page.evaluate(([id, name, given]) => window.lab.start(id, name, given), [call, job, params] as const),
    cancel: (call) => page.evaluate((id) => window.lab.cancel(id), call),
  };
}

function pageGone(how: string): LabError {
  return new LabError({
    code: 'worker-crashed',
    message: `The headless browser’s page ${how}.`,
    hint: 'Most often memory ran out: use a smaller batch or image size.',
  });
}
