import { LabError } from '../../foundation/labError';
import { exportFormats } from '../../model/labModel';
import { armFlag } from '../armFlag';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { choiceFlag, required, textFlag } from '../flag';
import { loadModel, requireInputs } from '../loadInputs';
import { assumeOfModel, parseModelOptions } from '../modelOptions';
import { findRoundFile, readRunFolder } from '../namedRun';
import { writeModel } from '../writeModel';
import { makeOutputFolder } from '../writeOutput';

const flags = {
  arm: armFlag('whose chosen round it is, of a run; its last where none is chosen (default: the first arm)'),
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
  const run = path === 'demo' ? null : await readRunFolder(path);
  if (!run && line.flags.arm !== undefined) {
    throw new LabError({
      code: 'config-invalid',
      message: `--arm would have no effect: there is no run.json in ${path}.`,
      hint: 'Leave it out, or name the folder that "lab run" wrote.',
    });
  }
  const found = run && (await findRoundFile(run, line.flags.arm));
  await makeOutputFolder(out);
  const lab = await line.lab();
  const { id: modelId } = await loadModel(lab, found?.file ?? path, options);
  if (!run || !found) {
    await writeModel(lab, { modelId, runId: null, format }, out, line.output);
    return exitCodes.ok;
  }
  const { id: runId } = await lab.run('importRecord', { text: run.text });
  await writeModel(lab, { modelId, runId, format, roundModelId: found.round.modelId }, out, line.output);
  return exitCodes.ok;
}
