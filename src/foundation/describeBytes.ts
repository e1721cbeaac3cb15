const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/** An amount of memory or storage in a sentence: whole MiB, rounded up, or GiB with one decimal. */
export function describeBytes(bytes: number): string {
  return bytes < gibibyte ? `${Math.ceil(bytes / mebibyte)} MiB` : `${(bytes / gibibyte).toFixed(1)} GiB`;
}
