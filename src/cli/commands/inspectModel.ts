import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import { loadModel, requireInputs } from '../loadInputs';
import { modelOptionFlags, parseModelOptions } from '../modelOptions';
import { printModel } from '../printModel';

/** `lab model inspect FILE|DIR|demo`: what was found in the files, layers, costs, and what can be pruned. */
export const inspectModel: Command = { wordCount: 1, flags: ['backend', ...modelOptionFlags], run: inspect };

async function inspect(line: CommandLine): Promise<number> {
  const path = requireWord(line, 0, 'The model file');
  const options = parseModelOptions(line.flags);
  await requireInputs(path);
  printModel(await loadModel(await line.lab(), path, options), line.output);
  return exitCodes.ok;
}
