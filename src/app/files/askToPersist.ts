/**
 * Asks the browser not to clear what the lab stores when the disk gets full. It may refuse; the storage's line in the
 * step Data says how it stands.
 */
export async function askToPersist(): Promise<void> {
  // Not there without a secure context, and in tests.
  await navigator.storage?.persist?.();
}
