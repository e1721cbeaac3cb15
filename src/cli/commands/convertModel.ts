import { exportFormats } from '../../model/labModel';
import { declareCommand, exitCodes } from '../commandLine';
import { choiceFlag, required, textFlag } from '../flag';
import { loadModel, requireInputs } from '../loadInputs';
import { modelOptionFlags, parseModelOptions } from '../modelOptions';
import { printModel } from '../printModel';
import { writeModel } from '../writeModel';
import { makeOutputFolder } from '../writeOutput';

/** `lab model convert FILE|DIR|demo --format tfjs|pytorch|onnx --out DIR`: any file that can be read, written for tfjs, PyTorch or as ONNX. */
export const convertModel = declareCommand({
  summary: 'any readable model for tfjs, PyTorch or as ONNX',
  word: { name: 'FILE|DIR|demo', help: 'the model' },
  flags: {
    format: choiceFlag(exportFormats, 'what it is written for (default tfjs)'),
    out: required(textFlag('DIR', 'folder for the converted model'), 'Name the folder for the converted model.'),
    ...modelOptionFlags,
  },
  usesEngine: true,
  async run(line) {
    const { word: path, flags } = line;
    const { out, format = 'tfjs' } = flags;
    const options = parseModelOptions(flags);
    await requireInputs(path);
    await makeOutputFolder(out);
    const lab = await line.lab();
    const model = await loadModel(lab, path, options);
    printModel(model, line.output);
    await writeModel(lab, { modelId: model.id, runId: null, format }, out, line.output);
    return exitCodes.ok;
  },
});
