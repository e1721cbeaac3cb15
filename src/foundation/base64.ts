/** A multiple of three, so that pieces can be joined, and few enough to be arguments of one call. */
const bytesAtOnce = 3 * 8192;

/** Bytes as base64 text (RFC 4648, with padding). */
export function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += bytesAtOnce) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + bytesAtOnce)));
  }
  return text;
}

/** The inverse of {@link toBase64}; null when the text is no base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
