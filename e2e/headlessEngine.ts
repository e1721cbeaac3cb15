import type { Page } from '@playwright/test';
import type { JobName, JobParams, JobResult } from '../src/engine/protocol/jobMap';
import type { PageMessage } from '../src/testing/headless/pageApi';

/** Uses the engine of a page that has the lab's headless entry open, as the command line does. */
export async function openEngine(page: Page, backend: 'wasm' | 'webgpu' | null = null) {
  const waiting = new Map<number, (message: PageMessage) => void>();
  await page.exposeFunction('tellTest', (message: PageMessage) => {
    if ('call' in message && (message.kind === 'done' || message.kind === 'failed'))
      waiting.get(message.call)?.(message);
  });
  await page.goto(`/headless.html${backend ? `?backend=${backend}` : ''}`);
  let calls = 0;
  return async <J extends JobName>(
    job: J,
    params: JobParams<J>,
    file?: { name: string; mimeType: string; buffer: Buffer },
  ): Promise<JobResult<J>> => {
    calls += 1;
    await page.evaluate(() => document.forms[0]?.reset());
    if (file) await page.setInputFiles('#files', file);
    const end = new Promise<PageMessage>((resolve) => waiting.set(calls, resolve));
    await page.evaluate(([call, name, given]) => window.lab.start(call, name, given), [calls, job, params] as const);
    const message = await end;
    if (message.kind === 'done') return message.result as JobResult<J>;
    throw new Error(JSON.stringify(message));
  };
}
