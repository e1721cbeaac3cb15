/** The last results that were computed, each under a key that says all that it depends on. */
export interface RecentResults<T> {
  /** What was computed under the key, or else is now. A computation that fails leaves nothing. */
  get(key: string, compute: () => Promise<T>): Promise<T>;
}

/** @param most how many results are kept; the one that was asked for longest ago goes first */
export function createRecentResults<T>(most: number): RecentResults<T> {
  const results = new Map<string, T>();
  return {
    async get(key, compute) {
      const known = results.get(key);
      // Computed by itself even if another is at it: that one may be cancelled.
      const result = known ?? (await compute());
      results.delete(key);
      results.set(key, result);
      for (const oldest of results.keys()) {
        if (results.size <= most) break;
        results.delete(oldest);
      }
      return result;
    },
  };
}
