import type { FileStore } from '../artifacts/fileStore';
import { packCheckpoint, unpackCheckpoint } from './checkpointFile';
import type { TrainingCheckpoint } from './trainingCheckpoint';

/** A place for the checkpoint of one training. A new one takes the old one's place. */
export interface CheckpointSlot {
  /** Null when there is none. @throws LabError `checkpoint-unreadable` */
  read(): Promise<TrainingCheckpoint | null>;
  /** @throws LabError `quota-exceeded`, `storage-failed`; the old checkpoint is still there then */
  write(checkpoint: TrainingCheckpoint): Promise<void>;
  remove(): Promise<void>;
}

/** The slot that is a file of the store. */
export function checkpointSlot(store: FileStore, path: string): CheckpointSlot {
  return {
    async read() {
      const bytes = await store.read(path);
      return bytes && unpackCheckpoint(bytes);
    },
    write: (checkpoint) => store.write(path, packCheckpoint(checkpoint)),
    remove: () => store.remove(path),
  };
}
