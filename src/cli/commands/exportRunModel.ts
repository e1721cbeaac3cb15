import { join } from 'node:path';
import { LabError } from '../../foundation/labError';
import { exportFormats } from '../../model/labModel';
import { parseRunRecord } from '../../recipe/parseRunRecord';
import { armNames } from '../../recipe/runConfig';
import { type Command, type CommandLine, exitCodes, parseOneOf, requireFlag, requireWord } from '../commandLine';
import { loadModel, requireInputs } from '../loadInputs';
import { parseModelOptions } from '../modelOptions';
import { isFolder, listInput, readInput } from '../readInput';
import { writeModel } from '../writeModel';
import { makeOutputFolder } from '../writeOutput';

const recordName = 'run.json';

/**
 * `lab model export RUN_DIR|FILE --format tfjs|pytorch|onnx --out DIR [--arm NAME]`: a model of a run's folder with a card that
 * tells what the run measured of it, or any model file.
 */
export const exportRunModel: Command = {
  wordCount: 1,
  flags: ['arm', 'assume', 'backend', 'format', 'out'],
  run: exportFrom,
};

async function exportFrom(line: CommandLine): Promise<number> {
  const path = requireWord(line, 0, 'The folder of a run, or a model file');
  const out = requireFlag(line, 'out', 'Name the folder for the exported model.');
  const format = parseOneOf('format', line.flags.format ?? 'tfjs', exportFormats);
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

/** The model of an arm's reported round in a run's folder. @throws LabError `config-invalid`, `record-invalid` */
async function findRound(folder: string, armFlag: string | undefined) {
  const recordText = await readInput(join(folder, recordName));
  const record = parseRunRecord(recordText);
  const arm = armFlag === undefined ? record.arms[0]?.arm : parseOneOf('arm', armFlag, armNames);
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
