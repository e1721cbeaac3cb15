import { LabError } from '../foundation/labError';
import { sha256Hex } from '../foundation/sha256Hex';

const pattern = /^\{"sha256":"([0-9a-f]{64})","content":(.*)\}$/s;

/** A value as one line of JSON with the SHA-256 of its text: `{"sha256":"…","content":…}`. */
export async function sealJson(value: unknown): Promise<Uint8Array<ArrayBuffer>> {
  const text = JSON.stringify(value);
  return new TextEncoder().encode(`{"sha256":"${await sha256Hex(text)}","content":${text}}`);
}

/** The value of a sealed text, or null when a bit of it has changed or a part is missing. */
export async function unsealJson(bytes: Uint8Array): Promise<{ value: unknown } | null> {
  const [, checksum, text] = pattern.exec(new TextDecoder().decode(bytes)) ?? [];
  if (text === undefined || (await sha256Hex(text)) !== checksum) return null;
  return { value: JSON.parse(text) };
}

const opening = new TextEncoder().encode('{"sha256":"');
const textAt = opening.length + 64 + '","content":'.length;

/**
 * The text that was sealed, as bytes; what is not sealed, as earlier versions kept it, as it is.
 * @throws LabError `artifact-damaged` when it is not what was sealed
 */
export async function openSealed(bytes: Uint8Array<ArrayBuffer>, path: string): Promise<Uint8Array<ArrayBuffer>> {
  if (!opening.every((byte, index) => bytes[index] === byte)) return bytes;
  if (await unsealJson(bytes)) return bytes.subarray(textAt, bytes.length - 1);
  throw artifactDamaged(path, 'its checksum does not fit its content');
}

/** What a stored file whose content is not what was written is told. */
export function artifactDamaged(path: string, what: string): LabError {
  return new LabError({
    code: 'artifact-damaged',
    message: `${path} is damaged: ${what}.`,
    hint: 'The disk or an interrupted copy changed it. Delete what it belongs to, or make it again.',
    details: { file: path },
  });
}
