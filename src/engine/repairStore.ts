import type { FileStore } from '../artifacts/fileStore';
import { type OwnedName, ownAll, unlessInUse } from '../artifacts/ownership';
import { datasetsFolder, recordsFileName } from '../dataset/stored/datasetPaths';
import { modelId, runId, trainingId } from '../foundation/ids';
import { LabError } from '../foundation/labError';
import { deleteModel, earlierModelFiles, modelsFolder, tidyModel } from '../model/modelStore';
import { predictionsFolder, tidyPredictions } from '../recipe/predictionArchive';
import { loadRun } from '../recipe/runArchive';
import { deleteTraining, earlierTrainingFiles, tidyTraining, trainingsFolder } from './trainingArchive';

const runsFolder = 'runs';
const checkpointsFolder = 'run-checkpoints';
const headName = 'head.json';
const bodyPattern = /^[0-9a-f]{12}-(.+)$/;
const roundModelPattern = /^([^~]+)~[^~]+~\d+$/;
const checkpointPattern = /^([^~]+)~(\d+)\.bin$/;

/**
 * Clears away what work left that was cut off: temporary files, bodies that no head names, folders whose head was never
 * written, models and checkpoints of runs that are no longer there, checkpoints of rounds that are in their run's record,
 * predictions that were not kept to the end.
 *
 * It deletes nothing that it does not know, and nothing that another tab, process or job has. It may itself be cut off at any
 * point, and is called again at the next start.
 *
 * @returns what was done and what could not be, in sentences; none when all was well
 */
export async function repairStore(store: FileStore): Promise<string[]> {
  const said: string[] = [];
  const steps = [clearPartials, clearDatasets, clearModels, clearTrainings, clearCheckpoints, clearPredictions];
  for (const step of steps) {
    try {
      said.push(...(await step(store)));
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      said.push(`The check of what is stored could not be ended: ${error.message}`);
    }
  }
  return said;
}

async function clearPartials(store: FileStore): Promise<string[]> {
  const removed = await store.removePartials('');
  if (removed.length === 0) return [];
  return [`Writing was cut off; what it left was cleared away: ${removed.join(', ')}.`];
}

/** A dataset's manifest is written last. */
async function clearDatasets(store: FileStore): Promise<string[]> {
  return inEach(store, datasetsFolder, async (id, folder) => {
    const isCutOff = (names: readonly string[]) => names.every((name) => name === recordsFileName);
    const isDone = await clearIf(store, folder, isCutOff, [`dataset/${id}`], () => store.remove(folder));
    return isDone ? `The dataset ${id} was cut off while it was stored, and was removed.` : null;
  });
}

async function clearModels(store: FileStore): Promise<string[]> {
  const runs = await runIds(store);
  return inEach(store, modelsFolder, async (name, folder) => {
    const id = modelId(name);
    const run = roundModelPattern.exec(name)?.[1];
    const owned: OwnedName[] = [...(run === undefined ? [] : [`run/${run}` as const]), `model/${id}`];
    if (run !== undefined && !runs.has(run)) {
      const isDone = await owning(store, owned, async () => {
        if (await hasRun(store, run)) return false;
        await deleteModel(store, id);
        return true;
      });
      return isDone ? `The model ${id} of a run that is no longer stored was removed.` : null;
    }
    if (
      await clearIf(store, folder, isCutOffSave(earlierModelFiles, 'lab.json'), owned, () => deleteModel(store, id))
    ) {
      return `The model ${id} was cut off while it was stored, and was removed.`;
    }
    const isDone = await clearIf(store, folder, hasLeftovers(earlierModelFiles), owned, () => tidyModel(store, id));
    return isDone ? `Files that the model ${id} no longer needs were removed.` : null;
  });
}

async function clearTrainings(store: FileStore): Promise<string[]> {
  return inEach(store, trainingsFolder, async (name, folder) => {
    const id = trainingId(name);
    const owned = [`training/${id}`] as const;
    const isCutOff = isCutOffSave(earlierTrainingFiles, 'request.json');
    if (await clearIf(store, folder, isCutOff, owned, () => deleteTraining(store, id))) {
      return `The training ${id} was cut off before its first checkpoint was stored, and was removed.`;
    }
    const isDone = await clearIf(store, folder, hasLeftovers(earlierTrainingFiles), owned, () =>
      tidyTraining(store, id),
    );
    return isDone ? `Files that the training ${id} no longer needs were removed.` : null;
  });
}

/** A checkpoint goes when its round is in the record; the deletion may have been cut off, or that of its run. */
async function clearCheckpoints(store: FileStore): Promise<string[]> {
  const runs = await runIds(store);
  return inEach(store, checkpointsFolder, async (run, folder) => {
    const owned = [`run/${run}`] as const;
    if (!runs.has(run)) {
      const isDone = await owning(store, owned, async () => {
        if (await hasRun(store, run)) return false;
        await store.remove(folder);
        return true;
      });
      return isDone ? `The checkpoints of the run ${run}, which is no longer stored, were removed.` : null;
    }
    if ((await checkpointsDone(store, run, folder)).length === 0) return null;
    const isDone = await owning(store, owned, async () => {
      for (const name of await checkpointsDone(store, run, folder)) await store.remove(`${folder}/${name}`);
      return true;
    });
    return isDone ? `Checkpoints of rounds that the record of the run ${run} has were removed.` : null;
  });
}

/** Predictions lie in their run's folder, and go with it. */
async function clearPredictions(store: FileStore): Promise<string[]> {
  const said: string[] = [];
  for (const run of await runIds(store)) {
    const cleared = await inEach(store, predictionsFolder(runId(run)), async (name, folder) => {
      const owned = [`run/${run}`] as const;
      const remove = () => store.remove(folder);
      if (await clearIf(store, folder, isCutOffSave([], headName), owned, remove)) {
        return `The predictions ${name} of the run ${run} were cut off while they were stored, and were removed.`;
      }
      const isDone = await clearIf(store, folder, hasLeftovers([]), owned, () => tidyPredictions(store, folder));
      return isDone ? `Files that the predictions ${name} of the run ${run} no longer need were removed.` : null;
    });
    said.push(...cleared);
  }
  return said;
}

/** The checkpoints of rounds that the record of a run has. Of a run that cannot be read all are kept. */
async function checkpointsDone(store: FileStore, run: string, folder: string): Promise<string[]> {
  const names = await store.list(folder);
  if (names.length === 0) return [];
  try {
    const { arms } = await loadRun(store, runId(run));
    return names.filter((name) => {
      const [, arm, round] = checkpointPattern.exec(name) ?? [];
      const record = arms.find((candidate) => candidate.arm === arm);
      return record !== undefined && record.rounds.length >= Number(round);
    });
  } catch (error) {
    if (error instanceof LabError) return [];
    throw error;
  }
}

/** Does a step for every folder in a folder. @returns what the steps say */
async function inEach(
  store: FileStore,
  parent: string,
  step: (id: string, folder: string) => Promise<string | null>,
): Promise<string[]> {
  const said: string[] = [];
  for (const id of await store.list(parent)) {
    try {
      const sentence = await step(id, `${parent}/${id}`);
      if (sentence !== null) said.push(sentence);
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      // What is damaged is listed as such, for the user to delete.
      if (error.code !== 'artifact-damaged') said.push(`${parent}/${id} could not be checked: ${error.message}`);
    }
  }
  return said;
}

/** Clears a folder if its files are so, and still are when it is owned. @returns whether it was done */
async function clearIf(
  store: FileStore,
  folder: string,
  isSo: (names: readonly string[]) => boolean,
  owned: readonly OwnedName[],
  clear: () => Promise<void>,
): Promise<boolean> {
  if (!isSo(await store.list(folder))) return false;
  return owning(store, owned, async () => {
    if (!isSo(await store.list(folder))) return false;
    await clear();
    return true;
  });
}

/** Does work unless someone has any of the names. @returns whether it was done */
async function owning(store: FileStore, names: readonly OwnedName[], work: () => Promise<boolean>): Promise<boolean> {
  // Asked first: whoever wants a name that is taken waits for it.
  const taken = await store.ownership.owned();
  if (names.some((name) => taken.has(name))) return false;
  return (await unlessInUse(ownAll(store.ownership, names, work))) ?? false;
}

/** Ids of all that is kept as a run, readable or not. */
async function runIds(store: FileStore): Promise<ReadonlySet<string>> {
  return new Set((await store.list(runsFolder)).map((name) => name.replace(/\.json$/, '')));
}

/** A run keeps its record before its first model: one that began since the runs were listed is there now. */
async function hasRun(store: FileStore, run: string): Promise<boolean> {
  return (await runIds(store)).has(run);
}

/** Whether all files are such as a save leaves when it is cut off: not what makes it whole, nothing unknown. */
function isCutOffSave(earlier: readonly string[], earlierLast: string) {
  return (names: readonly string[]): boolean =>
    !names.includes(earlierLast) && names.every((name) => bodyPattern.test(name) || earlier.includes(name));
}

/** Whether beside a head lie files that it cannot name: two bodies of one name, or those of an earlier version. */
function hasLeftovers(earlier: readonly string[]) {
  return (names: readonly string[]): boolean => {
    if (!names.includes(headName)) return false;
    const bodies = names.flatMap((name) => bodyPattern.exec(name)?.[1] ?? []);
    return new Set(bodies).size < bodies.length || names.some((name) => earlier.includes(name));
  };
}
