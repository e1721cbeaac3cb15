import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { ensureBuilt } from '../../scripts/ensureBuilt.mjs';
import { servePage } from '../../scripts/servePage.mjs';
import type { JobListener } from '../engine/labEngine';
import type { JobName, JobParams, JobPartial, JobResult } from '../engine/protocol/jobMap';
import { fromErrorData, LabError } from '../foundation/labError';
import type { Environment } from '../recipe/runRecord';
import type { PageMessage } from './page/pageApi';

/** The lab's engine in a headless browser: the same page, worker and code as in the app. */
export interface HeadlessLab {
  environment: Environment;
  /**
   * Runs a job to its end.
   * @param paths files, or one folder, that fill the job's `files`
   */
  run<J extends JobName>(
    job: J,
    params: JobParams<J>,
    options?: { paths?: string[]; listener?: JobListener<J> },
  ): Promise<JobResult<J>>;
  /** Cancels the job under way. */
  cancel(): void;
  close(): Promise<void>;
}

/** A job's result as it arrives: made files have their bytes as base64. */
type Pending = { resolve(result: unknown): void; reject(error: Error): void; listener: JobListener<JobName> };

/**
 * Builds the page if needed, serves it on a free port of this machine and opens it in Chromium.
 * @throws LabError `no-backend` when nothing there can compute
 */
export async function openHeadlessLab(options: { backend: 'webgpu' | 'wasm' | null }): Promise<HeadlessLab> {
  await ensureBuilt();
  const server = await servePage({ port: 4200 });
  const profile = await mkdtemp(join(tmpdir(), 'snnl-fair-lab-'));
  const context = await chromium.launchPersistentContext(profile, {
    ...chromiumLaunchOptions(),
    headless: true,
    handleSIGINT: false,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const pending = new Map<number, Pending>();
  let calls = 0;
  let current: number | null = null;

  const environment = new Promise<Environment>((resolve, reject) => {
    void page.exposeFunction('tellCommandLine', (message: PageMessage) => {
      if (message.kind !== 'notice') receive(message);
      else if (message.notice.kind === 'ready') resolve(message.notice.environment);
      else if (message.notice.kind === 'unusable') reject(fromErrorData(message.notice.error));
    });
  });

  function receive(message: Exclude<PageMessage, { kind: 'notice' }>): void {
    const job = pending.get(message.call);
    if (!job) return;
    switch (message.kind) {
      case 'progress':
        job.listener.progress?.(message.progress);
        return;
      case 'partial':
        job.listener.partial?.(message.partial as never);
        return;
      case 'done':
        pending.delete(message.call);
        job.resolve(withBytes(message.result));
        return;
      case 'failed':
        pending.delete(message.call);
        job.reject(fromErrorData(message.error));
    }
  }

  async function close(): Promise<void> {
    await context.close();
    await server.close();
    await rm(profile, { recursive: true, force: true });
  }

  page.on('crash', () => {
    for (const job of pending.values()) job.reject(pageCrashed());
    pending.clear();
  });
  const query = options.backend ? `?backend=${options.backend}` : '';
  try {
    await page.goto(`${server.origin}headless.html${query}`);
    return {
      environment: await environment,
      async run<J extends JobName>(
        job: J,
        params: JobParams<J>,
        { paths = [], listener = {} }: { paths?: string[]; listener?: JobListener<J> } = {},
      ) {
        await choose(page, paths);
        calls += 1;
        const call = calls;
        current = call;
        return new Promise<JobResult<J>>((resolve, reject) => {
          pending.set(call, {
            resolve: (result) => resolve(result as JobResult<J>),
            reject,
            listener: {
              progress: listener.progress,
              partial: (partial) => listener.partial?.(partial as JobPartial<J>),
            },
          });
          page
            .evaluate(([id, name, given]) => window.lab.start(id, name, given), [call, job, params] as const)
            .catch(reject);
        });
      },
      cancel() {
        if (current !== null) void page.evaluate((call) => window.lab.cancel(call), current);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Puts a folder or files into the page's inputs, and nothing else. */
async function choose(page: Page, paths: string[]): Promise<void> {
  await page.evaluate(() => document.forms[0]?.reset());
  const [first] = paths;
  if (first === undefined) return;
  const isFolder = (await stat(first)).isDirectory();
  await page.setInputFiles(isFolder ? '#folder' : '#files', isFolder ? first : paths);
}

function withBytes(result: unknown): unknown {
  if (typeof result !== 'object' || result === null || !('bytes' in result) || typeof result.bytes !== 'string')
    return result;
  const bytes = Buffer.from(result.bytes, 'base64');
  return { ...result, bytes: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) };
}

function pageCrashed(): LabError {
  return new LabError({
    code: 'worker-crashed',
    message: 'The headless browser’s page crashed.',
    hint: 'Most often memory ran out: use a smaller batch or image size.',
  });
}
