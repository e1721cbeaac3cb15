import { formatNumber } from './formatNumber';

/** Bytes in the largest unit that leaves a number of at least 1 (powers of 1024). */
export function formatBytes(bytes: number): string {
  return inUnits(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB']);
}

/** A large count: `1.23 M`, `45.6 k`. */
export function formatLargeCount(count: number): string {
  return inUnits(count, 1000, ['', 'k', 'M', 'G', 'T']).trim();
}

/** A time to wait: `12 s`, `3 min`, `1 h 20 min`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.round(durationMs / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function inUnits(value: number, base: number, units: string[]): string {
  let rest = value;
  let index = 0;
  while (rest >= base && index < units.length - 1) {
    rest /= base;
    index += 1;
  }
  return `${index === 0 ? Math.round(rest).toString() : formatNumber(rest)} ${units[index]}`;
}
