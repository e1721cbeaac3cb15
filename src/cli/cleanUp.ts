/** What has been opened and must be closed again, also when a later step fails. */
export interface CleanUp {
  add(undo: () => Promise<void>): void;
  /** Undoes all, the latest first, each once. One failure does not keep the others from being undone. */
  run(): Promise<void>;
}

export function createCleanUp(): CleanUp {
  const undos: (() => Promise<void>)[] = [];
  return {
    add: (undo) => void undos.push(undo),
    async run() {
      const errors: unknown[] = [];
      for (const undo of undos.splice(0).reverse()) {
        await undo().catch((error: unknown) => void errors.push(error));
      }
      if (errors.length > 0) throw errors[0];
    },
  };
}
