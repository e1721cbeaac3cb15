import { describeAdapter } from '../../compute/describeAdapter';
import type { BenchAnswer, BenchReply, BenchRequest } from './benchProtocol';
import { memoryAfterRuns } from './memoryAfterRuns';
import type { PreparedWork } from './preparedWork';
import { prepareWork } from './prepareWork';
import { startRunner } from './startRunner';

const prepared = new Map<string, PreparedWork>();

self.onmessage = async ({ data }: MessageEvent<{ id: number; request: BenchRequest }>) => {
  const { id, request } = data;
  let reply: BenchReply;
  try {
    reply = { id, answer: await answer(request) };
  } catch (error) {
    reply = { id, error: error instanceof Error ? error.message : String(error) };
  }
  self.postMessage(reply);
};

async function answer(request: BenchRequest): Promise<BenchAnswer> {
  switch (request.do) {
    case 'adapter':
      return (await describeAdapter()) ?? null;
    case 'start':
      return startRunner(request.runner);
    case 'measure':
      return measure(request);
    case 'memory-after':
      return memoryAfterRuns(request.rounds);
  }
}

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
