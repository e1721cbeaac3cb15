import type { Steps } from '../foundation/workInSteps';

/** A file's text with `\n` at its line ends, and how sure its letters are. */
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
/** What a decoder puts where bytes are no letter: `�`. */
const broken = 0xfffd;
/** Ctrl-Z, by which DOS ended text files. */
const dosEnd = '\u001a';
/** Decoded in one step: some milliseconds of work. */
const stepBytes = 2 ** 22;

/**
 * UTF-8 or UTF-16, with or without a byte order mark. What is neither is what a spreadsheet on Windows writes,
 * Windows-1252, unless most of its letters beyond ASCII are whole in UTF-8: then a few of them are broken.
 *
 * @returns null for bytes that are no text
 */
export function* decodeText(bytes: Uint8Array): Steps<DecodedText | null> {
  const order = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : findWideOrder(bytes);
  if (order) {
    const { text, brokenCount } = yield* decode(bytes, order);
    return { text, encoding: 'UTF-16', isAssumed: false, brokenCount };
  }
  if (bytes.subarray(0, sampledBytes).includes(0)) return null;
  try {
    const { text } = yield* decode(bytes, 'utf-8', { fatal: true });
    return { text, encoding: 'UTF-8', isAssumed: false, brokenCount: 0 };
  } catch (error) {
    // A TypeError is what a decoder throws at bytes that are no letter.
    if (error instanceof TypeError) return yield* decodeEightBit(bytes);
    throw error;
  }
}

function* decodeEightBit(bytes: Uint8Array): Steps<DecodedText> {
  const { text, brokenCount, wholeCount } = yield* decode(bytes, 'utf-8');
  if (wholeCount > brokenCount) return { text, encoding: 'UTF-8', isAssumed: false, brokenCount };
  const assumed = yield* decode(bytes, 'windows-1252');
  return { text: assumed.text, encoding: 'Windows-1252', isAssumed: true, brokenCount: 0 };
}

function findWideOrder(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const count = Math.min(bytes.length, sampledBytes) >> 1;
  const zeros = [0, 0];
  for (let at = 0; at < 2 * count; at++) if (bytes[at] === 0) zeros[at & 1]!++;
  const [even, odd] = zeros as [number, number];
  if (odd > leastZeros * count && even <= mostStrayZeros * count) return 'utf-16le';
  return even > leastZeros * count && odd <= mostStrayZeros * count ? 'utf-16be' : null;
}

/** The text, and how many of its letters beyond ASCII are broken and whole. */
function* decode(
  bytes: Uint8Array,
  encoding: string,
  options: { fatal?: boolean } = {},
): Steps<{ text: string; brokenCount: number; wholeCount: number }> {
  const decoder = new TextDecoder(encoding, options);
  const parts: string[] = [];
  let [brokenCount, wholeCount] = [0, 0];
  /** A line end of two letters may lie across two pieces. */
  let held = '';
  for (let at = 0; at < bytes.length; at += stepBytes) {
    const isLast = at + stepBytes >= bytes.length;
    let piece = held + decoder.decode(bytes.subarray(at, at + stepBytes), { stream: !isLast });
    held = !isLast && piece.endsWith('\r') ? '\r' : '';
    if (held) piece = piece.slice(0, -1);
    if (piece.includes('\r')) piece = piece.replace(/\r\n?/g, '\n');
    if (!options.fatal) {
      for (let letter = 0; letter < piece.length; letter++) {
        const code = piece.charCodeAt(letter);
        if (code === broken) brokenCount++;
        else if (code > 0x7f && !isLowSurrogate(code)) wholeCount++;
      }
    }
    parts.push(piece);
    yield;
  }
  return { text: withoutMarks(parts.join('')), brokenCount, wholeCount };
}

/** The second half of a letter that takes two places. */
function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

/** Files that were put together may begin with several marks. */
function withoutMarks(text: string): string {
  const unmarked = text.replace(/^\ufeff+/, '');
  return unmarked.endsWith(dosEnd) ? unmarked.slice(0, -1) : unmarked;
}
