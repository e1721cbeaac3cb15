import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { build, loadConfigFromFile } from 'vite';
import { chromiumLaunchOptions } from '../../scripts/chromium.mjs';
import { servePage } from '../../scripts/servePage.mjs';
import type { BrowserRunner } from './benchCase';
import type { BenchAnswers, BenchRequest } from './worker/benchProtocol';

/** The bench's page in a headless browser. */
export interface BenchPage {
  browserVersion: string;
  /** Asks the worker of a runner, which is made at its first call. */
  call<Request extends BenchRequest>(worker: BrowserRunner, request: Request): Promise<BenchAnswers[Request['do']]>;
  /** Ends all workers and frees what they held. */
  endWorkers(): Promise<void>;
  close(): Promise<void>;
}

const outDir = '.cache/bench';
const html = 'src/bench/page/bench.html';

/** Builds the bench's page as the lab's is built, apart from it, serves it on this machine and opens it in Chromium. */
export async function openBenchPage(): Promise<BenchPage> {
  await buildPage();
  const server = await servePage({ port: 4300, folder: outDir });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({ ...chromiumLaunchOptions(), headless: true });
    const page = await browser.newPage();
    await page.goto(`${server.origin}${html}`);
    const opened = browser;
    return {
      browserVersion: browser.version(),
      async call(worker, request) {
        const asked = [worker, request as BenchRequest] as const;
        const answer = await page.evaluate(([name, what]) => window.bench.call(name, what), asked);
        return answer as BenchAnswers[(typeof request)['do']];
      },
      endWorkers: () => page.evaluate(() => window.bench.endWorkers()),
      async close() {
        await opened.close();
        await server.close();
      },
    };
  } catch (error) {
    await browser?.close();
    await server.close();
    throw error;
  }
}

async function buildPage(): Promise<void> {
  const loaded = await loadConfigFromFile({ command: 'build', mode: 'production' });
  if (!loaded) throw new Error('vite.config.ts was not found: start the bench in the project’s folder.');
  const config = {
    ...loaded.config,
    configFile: false as const,
    publicDir: false as const,
    logLevel: 'error' as const,
  };
  await build({
    ...config,
    build: { ...config.build, outDir: join(outDir), emptyOutDir: true, rollupOptions: { input: [html] } },
  });
}
