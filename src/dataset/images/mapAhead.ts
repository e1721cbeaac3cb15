/** How far ahead {@link mapAhead} may work. */
export interface Ahead<T> {
  /** Calls under way at most. */
  limit: number;
  /** What an item costs while it is under way, for example bytes of memory. */
  cost?(item: T): number;
  /** Cost under way at most; an item that costs more than this alone is worked on alone. */
  maxCost?: number;
}

/**
 * Maps items in order, working on the next ones while the caller uses a result. The first rejection ends it, after what is
 * under way has ended.
 */
export async function* mapAhead<T, R>(
  items: Iterable<T>,
  { limit, cost = () => 0, maxCost = Number.POSITIVE_INFINITY }: Ahead<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const queue: { cost: number; settled: Promise<{ value: R } | { error: unknown }> }[] = [];
  let costUnderWay = 0;
  const source = items[Symbol.iterator]();
  let next = source.next();
  try {
    for (;;) {
      while (!next.done && queue.length < limit) {
        const itemCost = cost(next.value);
        if (queue.length > 0 && costUnderWay + itemCost > maxCost) break;
        costUnderWay += itemCost;
        queue.push({ cost: itemCost, settled: settle(work(next.value)) });
        next = source.next();
      }
      const first = queue.shift();
      if (!first) return;
      const outcome = await first.settled;
      costUnderWay -= first.cost;
      if ('error' in outcome) throw outcome.error;
      yield outcome.value;
    }
  } finally {
    await Promise.all(queue.map(({ settled }) => settled));
  }
}

/** A promise that cannot reject, so that one which fails before its turn is no unhandled rejection. */
async function settle<R>(work: Promise<R>): Promise<{ value: R } | { error: unknown }> {
  try {
    return { value: await work };
  } catch (error) {
    return { error };
  }
}
