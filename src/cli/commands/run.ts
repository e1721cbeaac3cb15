import { declareCommand, exitCodes } from '../commandLine';
import { prepareRun, type RunLine, readRunConfig } from '../prepareRun';
import { printRun } from '../printRun';
import { runFlags } from '../runFlags';
import { runInto } from '../runInto';
import { runSeeds } from '../seeds/runSeeds';
import { makeOutputFolder } from '../writeOutput';

/** `lab run CONFIG.json --data DIR|demo --out DIR [--seeds 1-5]`: the whole recipe, into a folder. */
export const run = declareCommand({
  summary: 'the whole recipe: tables, run record, scores, models',
  word: { name: 'CONFIG.json', help: 'the settings that differ from the defaults' },
  flags: runFlags,
  usesEngine: true,
  run: runFromFile,
});

async function runFromFile(line: RunLine): Promise<number> {
  const { out, seeds } = line.flags;
  const config = await readRunConfig(line);
  await makeOutputFolder(out);
  if (seeds) {
    await runSeeds(line, config, seeds);
    return exitCodes.ok;
  }
  const record = await runInto(line, await prepareRun(line, config), config, out);
  printRun(record, line.output);
  line.output.text(
    `\nWritten to ${out}: run.json, config.json, scores.csv, the unpruned model (baseline) and the model of each arm's chosen round, or of its last where none is chosen.`,
  );
  return exitCodes.ok;
}
