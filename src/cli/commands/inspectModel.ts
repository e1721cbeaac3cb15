import { declareCommand, exitCodes } from '../commandLine';
import { loadModel, requireInputs } from '../loadInputs';
import { modelOptionFlags, parseModelOptions } from '../modelOptions';
import { printModel } from '../printModel';

/** `lab model inspect FILE|DIR|demo`: what was found in the files, layers, costs, and what can be pruned. */
export const inspectModel = declareCommand({
  summary: 'what was found, layers, parameters, MACs, what can be pruned',
  word: { name: 'FILE|DIR|demo', help: 'the model' },
  flags: modelOptionFlags,
  usesEngine: true,
  async run(line) {
    const options = parseModelOptions(line.flags);
    await requireInputs(line.word);
    printModel(await loadModel(await line.lab(), line.word, options), line.output);
    return exitCodes.ok;
  },
});
