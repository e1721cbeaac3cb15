import type { EvaluationSettings } from '../../fairness/fairnessEvaluation';
import { auditPredictions, defaultAuditSettings } from '../../fairness/predictions/auditPredictions';
import { analysisCsv } from '../../fairness/report/analysisCsv';
import { writeAudit } from '../../fairness/report/writeAudit';
import { boundedNumber } from '../../foundation/boundedSchema';
import { bounds } from '../../foundation/bounds';
import { createJobControl } from '../../foundation/createJobControl';
import type { JobContext } from '../../foundation/jobContext';
import { runConfigSchema, statisticsSchema } from '../../recipe/runConfig';
import { readTable } from '../../tables/readTable';
import type { Table } from '../../tables/table';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { assumeOfTables } from '../dataFlags';
import { choiceFlag, type FlagValues, listFlag, numberFlag, settingFlag, textFlag } from '../flag';
import { readAssumed } from '../readAssumed';
import { readBytes } from '../readInput';
import { makeOutputFolder, writeOutput } from '../writeOutput';

const { replicates, permutations } = statisticsSchema.shape;
const groupSize = boundedNumber(bounds.minimumGroupSize);
const probability = boundedNumber(bounds.threshold);

const auditFlags = {
  attr: listFlag('COLUMN,COLUMN', 'sensitive attributes; may be left out when only one column can be it'),
  group0: listFlag('VALUE,VALUE', 'values that make group 0, the others making group 1; of one attribute'),
  baseline: textFlag('OTHER.csv', 'predictions of the model to compare with'),
  label: textFlag('COLUMN', 'the true class'),
  prediction: textFlag('COLUMN', 'the predicted class'),
  cluster: textFlag('COLUMN', 'the patient or lesion'),
  id: textFlag('COLUMN', 'names the samples, to join the baseline by'),
  'min-group': numberFlag(
    groupSize,
    `samples that a group needs not to be left out (default ${defaultAuditSettings.minimumGroupSize})`,
  ),
  threshold: numberFlag(probability, 'from which probability on a class is predicted (default 0.5)'),
  assume: assumeOfTables,
  replicates: settingFlag(replicates, { initial: defaultAuditSettings.replicates }),
  permutations: settingFlag(permutations, { initial: defaultAuditSettings.permutations }),
  method: choiceFlag(['percentile', 'bca'], `how intervals are made (default ${defaultAuditSettings.method})`),
  seed: numberFlag(
    runConfigSchema.shape.seed,
    `seed of resamples and permutations (default ${defaultAuditSettings.seed})`,
  ),
  out: textFlag('DIR', 'folder for every number as CSV, Markdown and JSON'),
};

/** `lab audit FILE.csv`: every gap, interval and noise floor of any model's predictions. Needs no browser. */
export const audit = declareCommand({
  summary: "every gap of any model's predictions, with its uncertainty",
  word: { name: 'PREDICTIONS.csv', help: 'the table of predictions' },
  flags: auditFlags,
  usesEngine: false,
  run: auditFile,
});

async function auditFile(line: CommandLine<typeof auditFlags>): Promise<number> {
  const { flags, output } = line;
  const settings = readSettings(flags);
  const control = createJobControl('Auditing', output.progress);
  line.onInterrupt(control.cancel);
  const table = await readTableFile(line.word, control.context);
  const baselineTable = flags.baseline === undefined ? null : await readTableFile(flags.baseline, control.context);
  const columns = {
    label: flags.label,
    prediction: flags.prediction,
    attributes: flags.attr,
    cluster: flags.cluster,
    id: flags.id,
    group0Values: flags.group0,
    threshold: flags.threshold,
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

function readSettings(flags: FlagValues<typeof auditFlags>): EvaluationSettings {
  const { replicates, permutations, seed, method, 'min-group': minimumGroupSize } = flags;
  return {
    ...defaultAuditSettings,
    ...(replicates !== undefined && { replicates }),
    ...(permutations !== undefined && { permutations }),
    ...(seed !== undefined && { seed }),
    ...(minimumGroupSize !== undefined && { minimumGroupSize }),
    ...(method !== undefined && { method }),
  };
}
