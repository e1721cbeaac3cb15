import type { Steps } from '../foundation/workInSteps';
import { beyondTableLimit, tableLimits } from './tableLimits';

const [lineFeed, carriageReturn] = [0x0a, 0x0d];
/** Of a letter, in any encoding that is read. */
const mostBytesPerLetter = 4;
const stepBytes = 2 ** 22;

/**
 * Counts the lines of a file's bytes, before anything is made of them, and refuses what is too large to be read: in bytes,
 * in lines, or in one line.
 *
 * @throws LabError `table-unreadable`
 */
export function* countLines(file: string, bytes: Uint8Array): Steps<number> {
  if (bytes.length > tableLimits.bytes) throw beyondTableLimit(file, 'bytes', bytes.length);
  const end = bytes.includes(lineFeed) ? lineFeed : carriageReturn;
  const longest = mostBytesPerLetter * tableLimits.rowLetters;
  let [count, at, pausedAt] = [0, 0, 0];
  while (at < bytes.length) {
    const found = bytes.indexOf(end, at);
    const next = found < 0 ? bytes.length : found;
    count++;
    if (next - at > longest)
      throw beyondTableLimit(file, 'rowLetters', tableLimits.rowLetters, { row: count, isAtLeast: true });
    if (count > tableLimits.lines) throw beyondTableLimit(file, 'lines', tableLimits.lines, { isAtLeast: true });
    at = next + 1;
    if (at - pausedAt < stepBytes) continue;
    pausedAt = at;
    yield;
  }
  return count;
}
