import type { Browser } from 'playwright';
import * as z from 'zod/mini';

/** Largest JS heap seen, page and workers together: objects, and the buffers that they hold. */
export interface HeapPeak {
  objectBytes: number;
  bufferBytes: number;
  samples: number;
}

const usageSchema = z.object({ usedSize: z.number(), backingStorageSize: z.optional(z.number()) });
const replySchema = z.object({ id: z.number(), result: z.optional(z.unknown()) });

/** Asks every page and worker of the lab for its heap, over and over, by the browser's debugging protocol. */
export async function watchHeap(browser: Browser, gapMs = 500): Promise<{ stop(): Promise<HeapPeak> }> {
  const session = await browser.newBrowserCDPSession();
  const attached = new Map<string, string>();
  const waiting = new Map<string, (usage: z.infer<typeof usageSchema> | null) => void>();
  let calls = 0;
  session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
    const reply = replySchema.parse({ id: 0, ...(JSON.parse(message) as object) });
    const usage = usageSchema.safeParse(reply.result);
    waiting.get(`${sessionId} ${reply.id}`)?.(usage.success ? usage.data : null);
  });

  async function heapOf(targetId: string) {
    let sessionId = attached.get(targetId);
    if (!sessionId) {
      ({ sessionId } = await session.send('Target.attachToTarget', { targetId, flatten: false }));
      attached.set(targetId, sessionId);
    }
    const id = ++calls;
    const answer = new Promise<z.infer<typeof usageSchema> | null>((resolve) => {
      waiting.set(`${sessionId} ${id}`, resolve);
      setTimeout(() => resolve(null), 5000);
    });
    const message = JSON.stringify({ id, method: 'Runtime.getHeapUsage' });
    await session.send('Target.sendMessageToTarget', { sessionId, message });
    const usage = await answer;
    waiting.delete(`${sessionId} ${id}`);
    return usage;
  }

  const peak: HeapPeak = { objectBytes: 0, bufferBytes: 0, samples: 0 };
  async function sample() {
    const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
    const targets = targetInfos.filter(({ type }) => type === 'page' || type === 'worker');
    const usages = await Promise.all(targets.map(({ targetId }) => heapOf(targetId).catch(() => null)));
    const sum = (pick: (usage: z.infer<typeof usageSchema>) => number) =>
      usages.reduce((total, usage) => total + (usage ? pick(usage) : 0), 0);
    const [objects, buffers] = [sum((u) => u.usedSize), sum((u) => u.backingStorageSize ?? 0)];
    if (objects + buffers > peak.objectBytes + peak.bufferBytes) {
      peak.objectBytes = objects;
      peak.bufferBytes = buffers;
    }
    if (usages.filter(Boolean).length >= 2) peak.samples++;
  }

  let stopped = false;
  const watching = (async () => {
    while (!stopped) {
      await sample();
      await new Promise((resolve) => setTimeout(resolve, gapMs));
    }
  })();
  // Who stops watching hears of a failure; a browser that is closed before is none.
  watching.catch(() => undefined);
  return {
    async stop() {
      stopped = true;
      await watching;
      await session.detach();
      return peak;
    },
  };
}
