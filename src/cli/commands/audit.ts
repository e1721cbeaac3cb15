import Papa from 'papaparse';
import { auditPredictions } from '../../fairness/auditPredictions';
import { formatFairnessTable } from '../../fairness/formatFairnessTable';
import { parsePredictionsTable } from '../../fairness/parsePredictionsTable';
import { tableRows } from '../../fairness/tableRows';
import { createJobControl } from '../../foundation/createJobControl';
import { LabError } from '../../foundation/labError';
import { defaultRunConfig } from '../../recipe/runConfig';
import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import { readInput } from '../readInput';

const baselineColumn = 'prediction of the baseline';

/** `lab audit FILE.csv`: the paper's table, intervals and noise floor of any model's predictions. Needs no browser. */
export const audit: Command = {
  wordCount: 1,
  flags: ['attr', 'baseline', 'group0', 'label', 'prediction'],
  run: auditFile,
};

async function auditFile(line: CommandLine): Promise<number> {
  const { flags, output } = line;
  const file = requireWord(line, 0, 'The CSV file with the predictions');
  const text = await readInput(file);
  const joined = flags.baseline === undefined ? text : await joinBaseline(text, file, flags.baseline, flags);
  const table = parsePredictionsTable(joined, {
    label: flags.label,
    prediction: flags.prediction,
    group: flags.attr,
    baseline: flags.baseline === undefined ? undefined : baselineColumn,
    group0Values: flags.group0?.split(','),
  });
  const { statistics, seed } = defaultRunConfig;
  const control = createJobControl('Auditing', output.progress);
  line.onInterrupt(control.cancel);
  // A small audit is done before it breathes: a Ctrl-C that came while the files were read counts here.
  await control.context.breathe();
  const { report, bootstrap, noiseFloor, comparison } = await auditPredictions(
    { ...table, ...statistics, seed },
    control.context,
  );
  control.finish();
  output.event({ kind: 'audit', excluded: table.excluded, report, bootstrap, noiseFloor, comparison });
  const extras = { fate: comparison?.fate ?? null, bootstrap, noiseFloor, groupNames: table.groupNames };
  output.text(formatFairnessTable(tableRows(report, extras), 'text'));
  const left = Object.entries(table.excluded).filter(([, count]) => count > 0);
  for (const [reason, count] of left) output.text(`${count} rows left out: ${reason}`);
  if (comparison) output.text(`Levelling: Avg F1 ${comparison.levelling.f1.verdict}`);
  return exitCodes.ok;
}

/**
 * Puts another file's predictions beside these, row by row.
 * @throws LabError `predictions-invalid` when the two files are not about the same rows
 */
async function joinBaseline(
  text: string,
  file: string,
  baselineFile: string,
  { label = 'label', prediction = 'prediction' }: { label?: string; prediction?: string },
): Promise<string> {
  const rows = parseRows(text);
  const baseline = parseRows(await readInput(baselineFile));
  const differs = rows.findIndex((row, i) => row[label] !== baseline[i]?.[label]);
  if (rows.length !== baseline.length || differs >= 0) {
    throw new LabError({
      code: 'predictions-invalid',
      message:
        differs >= 0
          ? `Row ${differs + 2} of ${file} and of ${baselineFile} have different values in "${label}".`
          : `${file} has ${rows.length} rows, ${baselineFile} ${baseline.length}.`,
      hint: 'Both files must be about the same samples in the same order.',
    });
  }
  return Papa.unparse(rows.map((row, i) => ({ ...row, [baselineColumn]: baseline[i]![prediction] })));
}

function parseRows(text: string): Record<string, string>[] {
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}
