import type { FileStore } from '../artifacts/fileStore';
import type { DecodeImage } from '../dataset/images/decodeImage';
import type { Environment } from '../recipe/runRecord';
import type { StorageUse } from './protocol/jobMap';

/** What the engine is given from outside: everything that differs between a worker, a test and another machine. */
export interface EngineHost {
  environment: Environment;
  store: FileStore;
  decodeImage: DecodeImage;
  /** What `decodeImage` decodes by, with its version: `Chromium 141 ImageBitmap`, `sharp 0.35.1, libvips 8.17`. */
  decoder: string;
  /** How much is stored and can be, for the lab by a browser or on the store's disk; null where nobody says. */
  storage?(): Promise<StorageUse | null>;
  /** Bytes of a file of the shipped demo, for example `baseline-1.zip`. */
  readDemoFile(name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Runs work on a tfjs backend and returns to the present one. @throws LabError `no-backend` when it is not to be had here */
  withBackend<T>(backend: 'wasm' | 'webgpu', work: () => Promise<T>): Promise<T>;
  /** What is behind an error that does not name it: a lost device, a server that has gone. The error itself where nothing is. */
  explain?(thrown: unknown): Promise<unknown>;
}
