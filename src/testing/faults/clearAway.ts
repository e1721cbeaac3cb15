import type { FileStore } from '../../artifacts/fileStore';
import type { LabEngine } from '../../engine/labEngine';
import type { JobParams } from '../../engine/protocol/jobMap';
import { filesOf } from './faultBench';

/** Deletes all that is listed, as a user would, and names the files that are left. */
export async function clearAway(engine: LabEngine, store: FileStore): Promise<string[]> {
  const inventory = await engine.start('listInventory', {}).result;
  const targets: JobParams<'deleteStored'>[] = [
    ...inventory.trainings.map(({ id }) => ({ kind: 'training' as const, id })),
    ...inventory.unreadableTrainings.map(({ id }) => ({ kind: 'training' as const, id })),
    ...inventory.runs.map(({ id }) => ({ kind: 'run' as const, id })),
    ...inventory.unreadableRuns.map(({ id }) => ({ kind: 'run' as const, id })),
    ...inventory.models.map(({ id }) => ({ kind: 'model' as const, id })),
    ...inventory.unreadableModels.map((id) => ({ kind: 'model' as const, id })),
    ...inventory.datasets.map(({ id }) => ({ kind: 'dataset' as const, id })),
    ...inventory.unreadableDatasets.map(({ id }) => ({ kind: 'dataset' as const, id })),
    ...inventory.interruptedImports.map(({ imageSetId: id }) => ({ kind: 'interrupted-import' as const, id })),
  ];
  for (const target of targets) await engine.start('deleteStored', target).result;
  await engine.start('listInventory', {}).result;
  return (await filesOf(store)).map((path) => `when all is deleted, ${path} is left`);
}
