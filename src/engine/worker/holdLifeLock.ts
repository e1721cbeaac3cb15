/**
 * Takes a Web Lock of a random name and never lets it go: the browser does when this worker has ended, however it ended.
 * The page waits for the same lock, and so hears of an end that no event tells of.
 *
 * @param locks undefined where the page is not in a secure context
 * @returns the lock's name once it is held; null where there are no locks
 */
export function holdLifeLock(locks: Pick<LockManager, 'request'> | undefined): Promise<string | null> {
  if (!locks) return Promise.resolve(null);
  const name = `snnl-fair-lab-worker-${crypto.randomUUID()}`;
  return new Promise((resolve) => {
    const untilTheEnd = () => {
      resolve(name);
      return new Promise<never>(() => undefined);
    };
    locks.request(name, untilTheEnd).catch(() => resolve(null));
  });
}
