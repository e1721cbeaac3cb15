import { join } from 'node:path';
import { LabError } from '../../foundation/labError';
import { exportFormats } from '../../model/labModel';
import { parseRunRecord } from '../../recipe/parseRunRecord';
import { type ArmName, armNames } from '../../recipe/runConfig';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { choiceFlag, required, textFlag } from '../flag';
import { loadModel, requireInputs } from '../loadInputs';
import { assumeOfModel, parseModelOptions } from '../modelOptions';
import { isFolder, listInput, readInput } from '../readInput';
import { writeModel } from '../writeModel';
import { makeOutputFolder } from '../writeOutput';

const recordName = 'run.json';

const flags = {
  arm: choiceFlag(
    armNames,
    'whose chosen round it is, of a run; its last where none is chosen (default: the first arm)',
  ),
  assume: assumeOfModel,
  format: choiceFlag(exportFormats, 'what it is written for (default tfjs)'),
  out: required(textFlag('DIR', 'folder for the exported model'), 'Name the folder for the exported model.'),
};

/**
 * `lab model export RUN_DIR|FILE --format tfjs|pytorch|onnx --out DIR [--arm NAME]`: a model of a run's folder with a card that
 * tells what the run measured of it, or any model file.
 */
export const exportRunModel = declareCommand({
  summary: 'a model of a run, with a card of what was measured',
  word: { name: 'RUN_DIR|FILE', help: 'the folder that "lab run" wrote, or a model' },
  flags,
  usesEngine: true,
  run: exportFrom,
});

async function exportFrom(line: CommandLine<typeof flags>): Promise<number> {
  const path = line.word;
  const { out, format = 'tfjs' } = line.flags;
  const options = parseModelOptions({ assume: line.flags.assume });
  await requireInputs(path);
  const isRun = path !== 'demo' && (await isFolder(path)) && (await listInput(path)).includes(recordName);
  const found = isRun ? await findRound(path, line.flags.arm) : null;
  if (!found && line.flags.arm !== undefined) {
    throw new LabError({
      code: 'config-invalid',
      message: `--arm would have no effect: there is no ${recordName} in ${path}.`,
      hint: 'Leave it out, or name the folder that "lab run" wrote.',
    });
  }
  await makeOutputFolder(out);
  const lab = await line.lab();
  const { id: modelId } = await loadModel(lab, found?.file ?? path, options);
  if (!found) {
    await writeModel(lab, { modelId, runId: null, format }, out, line.output);
    return exitCodes.ok;
  }
  const { id: runId } = await lab.run('importRecord', { text: found.recordText });
  await writeModel(lab, { modelId, runId, format, roundModelId: found.roundModelId }, out, line.output);
  return exitCodes.ok;
}

/** The model of an arm's chosen round in a run's folder, or of its last when none was chosen. @throws LabError `config-invalid`, `record-invalid` */
async function findRound(folder: string, named: ArmName | undefined) {
  const recordText = await readInput(join(folder, recordName));
  const record = parseRunRecord(recordText);
  const arm = named ?? record.arms[0]?.arm;
  const files = await listInput(folder);
  const rounds = record.arms.find((candidate) => candidate.arm === arm)?.rounds ?? [];
  const round = rounds.findLast((candidate) => files.includes(`${arm}-round-${candidate.round}.zip`));
  if (!round) {
    throw new LabError({
      code: 'config-invalid',
      message: `There is no model of the arm "${arm ?? 'none'}" in ${folder}.`,
      hint: `The run has the arms ${record.arms.map((candidate) => candidate.arm).join(', ')}; their models are ARM-round-N.zip.`,
    });
  }
  return { file: join(folder, `${arm}-round-${round.round}.zip`), recordText, roundModelId: round.modelId };
}
