import type { Inventory } from './jobMap';

/** What is stored on a new machine. */
export const emptyInventory: Inventory = {
  datasets: [],
  unreadableDatasets: [],
  interruptedImports: [],
  storage: null,
  models: [],
  runs: [],
  trainings: [],
  unreadableTrainings: [],
  unreadableRuns: [],
  runNotes: [],
  unreadableModels: [],
  repaired: [],
  stored: [],
};
