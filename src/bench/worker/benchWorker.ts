import type { BenchReply, BenchRequest } from './benchProtocol';
import type { PreparedWork } from './preparedWork';
import { prepareWork } from './prepareWork';
import { startRunner } from './startRunner';

const prepared = new Map<string, PreparedWork>();

self.onmessage = async ({ data }: MessageEvent<BenchRequest & { id: number }>) => {
  const reply: BenchReply = { id: data.id };
  try {
    reply.result = data.do === 'start' ? await startRunner(data.runner) : await measure(data);
  } catch (error) {
    reply.error = error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  self.postMessage(reply);
};

async function measure({ work, leastMs }: Extract<BenchRequest, { do: 'measure' }>): Promise<number> {
  const key = JSON.stringify(work);
  const ready = prepared.get(key) ?? prepareWork(work);
  prepared.set(key, ready);
  const startMs = performance.now();
  let runs = 0;
  let elapsedMs = 0;
  do {
    await ready.run();
    runs++;
    elapsedMs = performance.now() - startMs;
  } while (elapsedMs < leastMs);
  return elapsedMs / runs;
}
