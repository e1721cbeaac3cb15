import { exportFormats } from '../../model/labModel';
import { type Command, type CommandLine, exitCodes, parseOneOf, requireFlag, requireWord } from '../commandLine';
import { loadModel, requireInputs } from '../loadInputs';
import { modelOptionFlags, parseModelOptions } from '../modelOptions';
import { printModel } from '../printModel';
import { writeModel } from '../writeModel';
import { makeOutputFolder } from '../writeOutput';

/** `lab model convert FILE|DIR|demo --format tfjs|pytorch|onnx --out DIR`: any file that can be read, written for tfjs, PyTorch or as ONNX. */
export const convertModel: Command = {
  wordCount: 1,
  flags: ['backend', 'format', 'out', ...modelOptionFlags],
  run: convert,
};

async function convert(line: CommandLine): Promise<number> {
  const path = requireWord(line, 0, 'The model file');
  const out = requireFlag(line, 'out', 'Name the folder for the converted model.');
  const format = parseOneOf('format', line.flags.format ?? 'tfjs', exportFormats);
  const options = parseModelOptions(line.flags);
  await requireInputs(path);
  await makeOutputFolder(out);
  const lab = await line.lab();
  const model = await loadModel(lab, path, options);
  printModel(model, line.output);
  await writeModel(lab, { modelId: model.id, runId: null, format }, out, line.output);
  return exitCodes.ok;
}
