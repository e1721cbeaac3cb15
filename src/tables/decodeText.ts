/** A file's text, and how sure its letters are. */
export interface DecodedText {
  text: string;
  encoding: 'UTF-8' | 'UTF-16' | 'Windows-1252';
  /** Nothing in the file says the encoding: another one with the same bytes would give other letters. */
  isAssumed: boolean;
  /** Letters that could not be read, each now `�`. */
  brokenCount: number;
}

const sampledBytes = 65_536;
/** Text in UTF-16 has a zero in every second byte wherever it is plain: separators, digits, line ends. */
const leastZeros = 0.1;
const mostStrayZeros = 0.01;
/** What a decoder puts where bytes are no letter. */
const broken = '\ufffd';
/** Ctrl-Z, by which DOS ended text files. */
const dosEnd = '\u001a';

/**
 * UTF-8 or UTF-16, with or without a byte order mark. What is neither is what a spreadsheet on Windows writes,
 * Windows-1252, unless most of its letters beyond ASCII are whole in UTF-8: then a few of them are broken.
 *
 * @returns null for bytes that are no text
 */
export function decodeText(bytes: Uint8Array): DecodedText | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return wide(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return wide(bytes, 'utf-16be');
  const order = findWideOrder(bytes);
  if (order) return wide(bytes, order);
  if (bytes.subarray(0, sampledBytes).includes(0)) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { text: withoutMarks(text), encoding: 'UTF-8', isAssumed: false, brokenCount: 0 };
  } catch {
    return decodeEightBit(bytes);
  }
}

function wide(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): DecodedText {
  const text = withoutMarks(new TextDecoder(encoding).decode(bytes));
  return { text, encoding: 'UTF-16', isAssumed: false, brokenCount: countBroken(text) };
}

function findWideOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const count = Math.min(bytes.length, sampledBytes) >> 1;
  const zeros = [0, 0];
  for (let at = 0; at < 2 * count; at++) if (bytes[at] === 0) zeros[at & 1]!++;
  const [even, odd] = zeros as [number, number];
  if (odd > leastZeros * count && even <= mostStrayZeros * count) return 'utf-16le';
  return even > leastZeros * count && odd <= mostStrayZeros * count ? 'utf-16be' : null;
}

function decodeEightBit(bytes: Uint8Array): DecodedText {
  const text = withoutMarks(new TextDecoder('utf-8').decode(bytes));
  const brokenCount = countBroken(text);
  const wholeCount = Array.from(text).filter((letter) => letter > '\u007f' && letter !== broken).length;
  if (wholeCount > brokenCount) return { text, encoding: 'UTF-8', isAssumed: false, brokenCount };
  const assumed = new TextDecoder('windows-1252').decode(bytes);
  return { text: assumed, encoding: 'Windows-1252', isAssumed: true, brokenCount: 0 };
}

function countBroken(text: string): number {
  return text.split(broken).length - 1;
}

/** Files that were put together may begin with several marks. */
function withoutMarks(text: string): string {
  const unmarked = text.replace(/^\ufeff+/, '');
  return unmarked.endsWith(dosEnd) ? unmarked.slice(0, -1) : unmarked;
}
