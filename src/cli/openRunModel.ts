import { join } from 'node:path';
import * as z from 'zod/mini';
import type { DatasetManifest } from '../dataset/stored/dataset';
import type { ModelId } from '../foundation/ids';
import { plainFits } from '../foundation/imageFit';
import { LabError } from '../foundation/labError';
import type { RunRecord } from '../recipe/runRecord';
import { armFlag } from './armFlag';
import type { CommandLine } from './commandLine';
import type { dataFlags } from './dataFlags';
import { type Flag, numberFlag } from './flag';
import { loadModel } from './loadInputs';
import { findRoundFile, findStoredRun, type NamedRun, type RunFolder } from './namedRun';
import type { OpenLab } from './openLab';
import { printFindings } from './printFindings';
import { baselineFile } from './writeBaseline';

const roundNumber = numberFlag(z.int().check(z.gte(1)), 'of a run, the round of the arm');

/** The flags that say which model of a run it is. */
export const runModelFlags = {
  arm: armFlag('of a run, whose model it is (default: the first arm)'),
  round: {
    value: 'NUMBER|baseline',
    help: 'of a run, the round of the arm, or the unpruned model; the reported round, or the last where none is, when left out',
    read: (text, name) => (text === 'baseline' ? text : roundNumber.read(text, name)),
  } satisfies Flag<number | 'baseline'>,
};

type RunModelLine = CommandLine<typeof runModelFlags & Pick<typeof dataFlags, 'data'>>;

/** A model of a run and the run's images. */
export interface RunModel {
  modelId: ModelId;
  datasetId: DatasetManifest['id'];
  /** Null for the unpruned model. */
  arm: string | null;
  round: number | null;
}

/**
 * Finds a model of a run, and the dataset of the run. Of a run in the store both are there; of a folder the model is read from
 * its file, and the dataset is made again from the data that the run names.
 *
 * @throws LabError `config-invalid` when the model is not there, or the data are not those of the run
 */
export async function openRunModel(line: RunModelLine, run: NamedRun): Promise<RunModel> {
  const lab = await line.lab();
  return run.kind === 'stored' ? openStored(line, await findStoredRun(lab, run.id)) : openFolder(line, lab, run);
}

function openStored({ flags }: RunModelLine, record: RunRecord): RunModel {
  if (flags.data !== undefined) throw withoutEffect('data', 'the run and its images are in the store');
  const datasetId = record.dataset.id;
  if (flags.round === 'baseline') return { ...unpruned(flags.arm), modelId: record.model.id, datasetId };
  const arm = record.arms.find((candidate) => candidate.arm === (flags.arm ?? record.arms[0]?.arm));
  const wanted = flags.round ?? (arm?.chosenRound || arm?.rounds.length);
  const round = arm?.rounds.find((candidate) => candidate.round === wanted);
  if (arm && round) return { modelId: round.modelId, datasetId, arm: arm.arm, round: round.round };
  const done = record.arms.map((each) => `${each.arm} (${each.rounds.length})`).join(', ');
  throw new LabError({
    code: 'config-invalid',
    message: `The run ${record.id} has no such round.`,
    hint: `Its arms, with the rounds that they have done: ${done}.`,
  });
}

async function openFolder(line: RunModelLine, lab: OpenLab, run: RunFolder): Promise<RunModel> {
  const { arm, round } = line.flags;
  if (round === 'baseline') {
    const which = unpruned(arm);
    const { id: modelId } = await loadModel(lab, join(run.folder, baselineFile));
    return { ...which, modelId, datasetId: (await loadRunData(line, lab, run.record)).id };
  }
  const found = await findRoundFile(run, arm, round);
  const { id: modelId } = await loadModel(lab, found.file);
  const datasetId = (await loadRunData(line, lab, run.record)).id;
  return { modelId, datasetId, arm: found.arm, round: found.round.round };
}

/** @throws LabError `config-invalid` for an arm beside the unpruned model, which is of none */
function unpruned(arm: string | undefined): Pick<RunModel, 'arm' | 'round'> {
  if (arm !== undefined) throw withoutEffect('arm', 'the unpruned model is of no arm');
  return { arm: null, round: null };
}

/** The dataset of a run, made again. @throws LabError `config-invalid` when its splits are not those of the run */
async function loadRunData(line: RunModelLine, lab: OpenLab, { dataset }: RunRecord): Promise<DatasetManifest> {
  const made = await makeRunData(line, lab, dataset);
  printFindings(made, line.output);
  const { train, validation, test } = dataset.splitHashes;
  const now = made.splitHashes;
  if (now.train === train && now.validation === validation && now.test === test) return made;
  throw new LabError({
    code: 'config-invalid',
    message: `The images are not those of the run: its splits hold others than those made of ${line.flags.data ?? 'the demo'}.`,
    hint: 'Name the folder or zip that the run was made on with --data.',
  });
}

async function makeRunData(
  line: RunModelLine,
  lab: OpenLab,
  { source, name, mapping, imageSize, imageFit = plainFits.squeeze }: RunRecord['dataset'],
): Promise<DatasetManifest> {
  const { data } = line.flags;
  const listener = { progress: line.output.progress };
  if (source.kind === 'demo') {
    if (data !== undefined && data !== 'demo') throw withoutEffect('data', 'the run is of the demo');
    return lab.run('generateDemo', { settings: source.settings }, { listener });
  }
  if (data === undefined || mapping === null) {
    throw new LabError({
      code: 'config-invalid',
      message: `The images of the run are not in its folder: it was made on ${name}.`,
      hint: 'Name them with --data DIR, or the run by its id with the --store that it was made in.',
    });
  }
  const { join: joined, mapping: columns, split } = mapping;
  const params = { name, files: [], join: joined, mapping: columns, imageSize, imageFit, split };
  return lab.run('importFiles', params, { paths: [data], listener });
}

function withoutEffect(flag: string, reason: string): LabError {
  return new LabError({
    code: 'config-invalid',
    message: `--${flag} would have no effect here: ${reason}.`,
    hint: `Leave --${flag} out.`,
  });
}
