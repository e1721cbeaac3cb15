import type { FileStore } from '../artifacts/fileStore';
import { tidyUp } from '../artifacts/tidyUp';
import { packCheckpoint, unpackCheckpoint } from './checkpointFile';
import type { TrainingCheckpoint } from './trainingCheckpoint';

/** A place for the checkpoint of one training. A new one takes the old one's place. */
export interface CheckpointSlot {
  /** Null when there is none. @throws LabError `checkpoint-unreadable`, `artifact-damaged` */
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
    write: async (checkpoint) => store.write(path, await packCheckpoint(checkpoint)),
    remove: () => store.remove(path),
  };
}

/** Empties the slot of a training whose outcome is stored. */
export function releaseSlot(slot: CheckpointSlot): Promise<void> {
  return tidyUp(() => slot.remove());
}
