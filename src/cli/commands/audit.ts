import type { AnalysisSettings, IntervalMethod } from '../../fairness/fairnessAnalysis';
import { auditPredictions, defaultAuditSettings } from '../../fairness/predictions/auditPredictions';
import { analysisCsv } from '../../fairness/report/analysisCsv';
import { writeAudit } from '../../fairness/report/writeAudit';
import { createJobControl } from '../../foundation/createJobControl';
import type { JobContext } from '../../foundation/jobContext';
import { LabError } from '../../foundation/labError';
import { readTable } from '../../tables/readTable';
import type { Table } from '../../tables/table';
import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import { parseWholeNumber } from '../parseWholeNumber';
import { readAssumed } from '../readAssumed';
import { readBytes } from '../readInput';
import { makeOutputFolder, writeOutput } from '../writeOutput';

/** `lab audit FILE.csv`: every gap, interval and noise floor of any model's predictions. Needs no browser. */
export const audit: Command = {
  wordCount: 1,
  flags: [
    'attr',
    'baseline',
    'group0',
    'label',
    'prediction',
    'cluster',
    'id',
    'min-group',
    'replicates',
    'permutations',
    'method',
    'seed',
    'threshold',
    'assume',
    'out',
  ],
  run: auditFile,
};

async function auditFile(line: CommandLine): Promise<number> {
  const { flags, output } = line;
  const settings = readSettings(flags);
  const control = createJobControl('Auditing', output.progress);
  line.onInterrupt(control.cancel);
  const table = await readTableFile(requireWord(line, 0, 'The file with the predictions'), control.context);
  const baselineTable = flags.baseline === undefined ? null : await readTableFile(flags.baseline, control.context);
  const columns = {
    label: flags.label,
    prediction: flags.prediction,
    attributes: flags.attr?.split(','),
    cluster: flags.cluster,
    id: flags.id,
    group0Values: flags.group0?.split(','),
    threshold: readThreshold(flags.threshold),
    answers: await readAssumed(flags.assume),
  };
  if (flags.out !== undefined) await makeOutputFolder(flags.out);

  // A small audit is done before it breathes: a Ctrl-C that came while the files were read counts here.
  await control.context.breathe();
  const audit = await auditPredictions({ table, baselineTable, columns, settings }, control.context);
  control.finish();

  const { audits, ...reading } = audit;
  for (const entry of audits) output.event({ kind: 'audit', ...reading, ...entry });
  output.text(writeAudit(audit, 'text'));
  if (flags.out !== undefined) {
    await writeOutput(flags.out, 'audit.json', `${JSON.stringify(audit, null, 2)}\n`);
    await writeOutput(flags.out, 'audit.csv', analysisCsv(audit.audits));
    await writeOutput(flags.out, 'audit.md', writeAudit(audit, 'markdown'));
    output.text(`Every number is in ${flags.out}: audit.csv, audit.json, audit.md`);
  }
  return exitCodes.ok;
}

async function readTableFile(path: string, context: JobContext): Promise<Table> {
  return readTable(path, await readBytes(path), context);
}

function readThreshold(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const threshold = Number(text);
  if (text.trim() !== '' && threshold > 0 && threshold <= 1) return threshold;
  throw new LabError({
    code: 'config-invalid',
    message: `--threshold ${text} is no number above 0 and up to 1.`,
    hint: 'Correct it, or leave it out: a class is then predicted from a probability of 0.5 on.',
  });
}

function readSettings(flags: CommandLine['flags']): AnalysisSettings {
  const whole = (flag: 'replicates' | 'permutations' | 'seed' | 'min-group', otherwise: number) =>
    flags[flag] === undefined ? otherwise : parseWholeNumber(flag, flags[flag], { least: 0, most: 1_000_000 });
  return {
    ...defaultAuditSettings,
    replicates: whole('replicates', defaultAuditSettings.replicates),
    permutations: whole('permutations', defaultAuditSettings.permutations),
    seed: whole('seed', defaultAuditSettings.seed),
    minimumGroupSize: whole('min-group', defaultAuditSettings.minimumGroupSize),
    method: readMethod(flags.method),
  };
}

function readMethod(text: string | undefined): IntervalMethod {
  if (text === undefined) return defaultAuditSettings.method;
  if (text === 'percentile' || text === 'bca') return text;
  throw new LabError({
    code: 'config-invalid',
    message: `There is no interval method "${text}".`,
    hint: 'Use --method percentile or --method bca.',
  });
}
