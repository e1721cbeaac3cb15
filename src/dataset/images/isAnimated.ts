/** Whether an image file holds several pictures, of which only the first is decoded: GIF, APNG or WebP. */
export function isAnimated(bytes: Uint8Array): boolean {
  if (startsWith(bytes, 0, 'GIF8')) return countGifPictures(bytes) > 1;
  if (startsWith(bytes, 1, 'PNG')) return hasAnimationChunk(bytes);
  // The extended header's flags are at byte 20; the second bit stands for animation (WebP container specification).
  return startsWith(bytes, 8, 'WEBPVP8X') && (bytes[20]! & 0b10) !== 0;
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return Array.from(text).every((letter, index) => bytes[at + index] === letter.charCodeAt(0));
}

const gifHeaderBytes = 13;
const gifExtension = 0x21;
const gifPicture = 0x2c;

/** Goes through the blocks of a GIF (GIF89a, sections 17 to 26), no further than to the second picture. */
function countGifPictures(bytes: Uint8Array): number {
  const tableBytes = (flags: number) => ((flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1));
  let at = gifHeaderBytes + tableBytes(bytes[10]!);
  let count = 0;
  while (at < bytes.length && count < 2) {
    if (bytes[at] === gifPicture) {
      count++;
      at += 11 + tableBytes(bytes[at + 9]!);
    } else if (bytes[at] === gifExtension) at += 2;
    else break;
    while (at < bytes.length && bytes[at] !== 0) at += bytes[at]! + 1;
    at++;
  }
  return count;
}

/** APNG marks itself by the chunk `acTL` before the first picture. */
function hasAnimationChunk(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length && !startsWith(bytes, at + 4, 'IDAT'); at += 12 + view.getUint32(at)) {
    if (startsWith(bytes, at + 4, 'acTL')) return true;
  }
  return false;
}
