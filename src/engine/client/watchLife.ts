/**
 * Waits for a lock that a worker holds for all its life: whoever gets it knows that the worker has ended, with or without
 * an event.
 *
 * @param ended called at most once
 * @returns the function that ends the wait; nothing is left in the browser's queue then
 */
export function watchLife(locks: Pick<LockManager, 'request'>, lock: string, ended: () => void): () => void {
  const wait = new AbortController();
  const tell = () => {
    if (!wait.signal.aborted) ended();
  };
  // Rejects when the wait is ended, and where the page may not use locks after all: then silence alone is noticed.
  locks.request(lock, { signal: wait.signal }, tell).catch(() => undefined);
  return () => wait.abort();
}
