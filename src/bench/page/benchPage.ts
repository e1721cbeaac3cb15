import type { BenchAnswer, BenchReply, BenchRequest } from '../worker/benchProtocol';

/** What the bench may ask of its page: one worker per name, made when it is first called. */
export interface BenchPageApi {
  call(worker: string, request: BenchRequest): Promise<BenchAnswer>;
  /** Ends all workers and frees what they held. */
  endWorkers(): void;
}

declare global {
  interface Window {
    bench: BenchPageApi;
  }
}

const workers = new Map<string, Worker>();
const waiting = new Map<number, { resolve(answer: BenchAnswer): void; reject(error: Error): void }>();
let calls = 0;

window.bench = {
  call(name, request) {
    const id = ++calls;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      workerOf(name).postMessage({ id, request });
    });
  },
  endWorkers() {
    for (const worker of workers.values()) worker.terminate();
    workers.clear();
  },
};

function workerOf(name: string): Worker {
  const known = workers.get(name);
  if (known) return known;
  const worker = new Worker(new URL('../worker/benchWorker.ts', import.meta.url), { type: 'module', name });
  worker.onmessage = ({ data }: MessageEvent<BenchReply>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ('error' in data) call?.reject(new Error(data.error));
    else call?.resolve(data.answer);
  };
  worker.onerror = (event) => {
    for (const { reject } of waiting.values()) reject(new Error(`The worker ${name} failed: ${event.message}`));
    waiting.clear();
  };
  workers.set(name, worker);
  return worker;
}
