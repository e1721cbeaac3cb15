import * as z from 'zod/mini';
import { sha256Hex } from '../foundation/sha256Hex';
import type { FileStore } from './fileStore';
import { artifactDamaged, sealJson, unsealJson } from './sealedJson';
import { tidyUp } from './tidyUp';

/** A binary part of an artifact, as its head names it. */
export interface Body {
  name: string;
  bytes: number;
  sha256: string;
}

/** The small part of an artifact that says what it is, and all that a list shows of it. */
export interface Head<T> {
  kind: string;
  /** Raised when the content changes its shape. */
  version: number;
  content: T;
  bodies: Body[];
}

/** What is stored as a kind of artifact. */
export interface ArtifactKind<T> {
  kind: string;
  version: number;
  schema: z.ZodMiniType<T>;
}

const headName = 'head.json';
const shortDigits = 12;
const headPath = (folder: string) => `${folder}/${headName}`;
/** A body's file has its checksum in its name: a new body never takes the place of one that the present head names. */
const bodyPath = (folder: string, { name, sha256 }: Body) => `${folder}/${sha256.slice(0, shortDigits)}-${name}`;

const envelope = z.object({
  kind: z.string(),
  version: z.int(),
  content: z.unknown(),
  bodies: z.array(z.object({ name: z.string(), bytes: z.int().check(z.gte(0)), sha256: z.string() })),
});

/**
 * Keeps an artifact: its bodies first, its head last. An artifact is there when its head is; until the new head is durable
 * the old artifact is, whole. Bodies that the new head no longer names are deleted after that, if the store lets them.
 *
 * @throws LabError `quota-exceeded`, `storage-failed`; the old artifact is still there then
 */
export async function writeArtifact<T>(
  store: FileStore,
  folder: string,
  { kind, version }: ArtifactKind<T>,
  content: T,
  bodies: readonly { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [],
): Promise<Head<T>> {
  const named: Body[] = [];
  for (const { name, bytes } of bodies) {
    const body = { name, bytes: bytes.length, sha256: await sha256Hex(bytes) };
    await store.write(bodyPath(folder, body), bytes);
    named.push(body);
  }
  const head: Head<T> = { kind, version, content, bodies: named };
  await store.write(headPath(folder), await sealJson(head));
  await tidyUp(() => removeOrphans(store, folder, named));
  return head;
}

/**
 * The head of an artifact; null when there is none.
 * @throws LabError `artifact-damaged`; `storage-failed`
 */
export async function readHead<T>(
  store: FileStore,
  folder: string,
  { kind, version, schema }: ArtifactKind<T>,
): Promise<Head<T> | null> {
  const path = headPath(folder);
  const bytes = await store.read(path);
  if (!bytes) return null;
  const sealed = await unsealJson(bytes);
  if (!sealed) throw artifactDamaged(path, 'its checksum does not fit its content');
  const head = envelope.safeParse(sealed.value);
  if (!head.success || head.data.kind !== kind) throw artifactDamaged(path, `it is not the head of a ${kind}`);
  if (head.data.version !== version) {
    throw artifactDamaged(path, `it has version ${head.data.version}, and this lab reads version ${version}`);
  }
  const content = schema.safeParse(head.data.content);
  if (content.success) return { ...head.data, content: content.data };
  const [issue] = content.error.issues;
  throw artifactDamaged(path, `its field "${issue!.path.join('.')}" is not valid: ${issue!.message}`);
}

/**
 * A body of an artifact, checked.
 * @throws LabError `artifact-damaged` when it is missing, or not what was written; `storage-failed`
 */
export async function readBody(
  store: FileStore,
  folder: string,
  { bodies }: Pick<Head<unknown>, 'bodies'>,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const body = bodies.find((candidate) => candidate.name === name);
  if (!body) throw artifactDamaged(headPath(folder), `it names no ${name}`);
  const path = bodyPath(folder, body);
  const bytes = await store.read(path);
  if (!bytes) throw artifactDamaged(path, 'it is missing');
  if (bytes.length !== body.bytes) throw artifactDamaged(path, `it has ${bytes.length} bytes instead of ${body.bytes}`);
  if ((await sha256Hex(bytes)) !== body.sha256) throw artifactDamaged(path, 'its checksum does not fit its content');
  return bytes;
}

/** Bytes of an artifact's bodies, as its head says. */
export function bytesOfBodies({ bodies }: Pick<Head<unknown>, 'bodies'>): number {
  return bodies.reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * Deletes an artifact, head first: a deletion that is cut off leaves nothing that looks like one. Nothing happens when there
 * is none.
 * @throws LabError `storage-failed`
 */
export async function removeArtifact(store: FileStore, folder: string): Promise<void> {
  await removeHead(store, folder);
  await store.remove(folder);
}

/** Whether there is a head, readable or not. @throws LabError `storage-failed` */
export async function hasHead(store: FileStore, folder: string): Promise<boolean> {
  return (await store.sizeOf(headPath(folder))) > 0;
}

/** Deletes a head alone: what lies beside it is no artifact any more. @throws LabError `storage-failed` */
export async function removeHead(store: FileStore, folder: string): Promise<void> {
  await store.remove(headPath(folder));
}

/** Deletes the bodies in an artifact's folder that its head does not name. Gives their paths. */
export async function removeOrphans(store: FileStore, folder: string, bodies: readonly Body[]): Promise<string[]> {
  const kept = new Set([headPath(folder), ...bodies.map((body) => bodyPath(folder, body))]);
  const paths = (await store.list(folder)).map((name) => `${folder}/${name}`);
  const orphans = paths.filter((path) => /\/[0-9a-f]{12}-[^/]+$/.test(path) && !kept.has(path));
  for (const path of orphans) await store.remove(path);
  return orphans;
}
