import type { RunRecord } from '../../recipe/runRecord';
import { claimForRun, claimForSeeds } from '../claimOutput';
import { declareCommand, exitCodes } from '../commandLine';
import type { LabConfig } from '../labConfig';
import type { RunFolder } from '../namedRun';
import { prepareRun, type RunLine, readRunConfig } from '../prepareRun';
import { printRun } from '../printRun';
import { runFlags } from '../runFlags';
import { resumeInto, runInto } from '../runInto';
import { runSeeds } from '../seeds/runSeeds';

/** `lab run CONFIG.json --data DIR|demo --out DIR [--resume] [--seeds 1-5]`: the whole recipe, into a folder. */
export const run = declareCommand({
  summary: 'the whole recipe: tables, run record, scores, models',
  word: { name: 'CONFIG.json', help: 'the settings that differ from the defaults' },
  flags: runFlags,
  usesEngine: true,
  run: runFromFile,
});

async function runFromFile(line: RunLine): Promise<number> {
  const { out, seeds, resume } = line.flags;
  const config = await readRunConfig(line);
  if (seeds) {
    await claimForSeeds(out);
    await runSeeds(line, config, seeds);
    return exitCodes.ok;
  }
  const earlier = await claimForRun(out, { resume: resume ?? false });
  const record = await runOrGoOn(line, config, earlier);
  printRun(record, line.output);
  line.output.text(
    `\nWritten to ${out}: run.json, config.json, scores.csv, the unpruned model (baseline) and the model of each arm's chosen round, or of its last where none is chosen.`,
  );
  return exitCodes.ok;
}

async function runOrGoOn(line: RunLine, config: LabConfig, earlier: RunFolder | null): Promise<RunRecord> {
  if (!earlier) return runInto(line, await prepareRun(line, config), config, line.flags.out);
  if (earlier.record.status !== 'finished') return resumeInto(line, config, earlier);
  line.output.text(`The run ${earlier.record.id} in ${earlier.folder} had finished before.`);
  return earlier.record;
}
