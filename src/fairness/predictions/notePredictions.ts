import { createFindingLog, type FindingLog } from '../../foundation/findingLog';
import { isMissing } from '../../tables/isMissing';
import { looseName } from '../../tables/looseName';
import { cellText, type Table, type TableColumn } from '../../tables/table';
import type { ClassSpace } from './classSpace';
import type { ColumnRoles } from './columnRoles';
import type { OutputReader } from './modelOutputs';
import { type PredictionFinding, type PredictionFindingKind, predictionFindingSentences } from './predictionFinding';
import type { Predictions } from './predictions';

/** Predictions as they were read. */
interface ReadPredictions {
  model: Predictions;
  baseline: Predictions | null;
}

/** What they were read from. */
interface ReadFrom {
  table: Table;
  /** Rows of the table that are used. */
  rows: readonly number[];
  roles: ColumnRoles;
  model: OutputReader;
  baseline: OutputReader | null;
  baselineTable: Table | null;
  space: ClassSpace;
}

/** A prediction may tie with the highest score, and a printed score is rounded. */
const tie = 1e-9;
/** Standard errors below what chance gives. */
const clearlyBelow = 2;

/** Notes what is odd about a table of predictions: what can be measured, and still is not what it seems to be. */
export function notePredictions({ model, baseline }: ReadPredictions, from: ReadFrom): PredictionFinding[] {
  const findings = createFindingLog(predictionFindingSentences);
  findings.copy(from.table.findings);
  const { baselineTable } = from;
  if (baselineTable) {
    const named = (text: string) => `${baselineTable.file}: ${text}`;
    findings.copy(baselineTable.findings.map((finding) => ({ ...finding, examples: finding.examples.map(named) })));
  }
  noteReading(from.model, '', model, findings);
  noteOutput(model, (index) => `row ${from.table.rowNumbers[from.rows[index]!]}`, '', findings);
  if (from.baseline && baseline) {
    noteReading(from.baseline, 'baseline: ', baseline, findings);
    noteOutput(baseline, (index) => `sample ${index + 1}`, 'baseline: ', findings);
  }
  const labelled = new Set(Array.from(model.labels, (label) => model.classNames[label]));
  for (const name of from.space.accepted) if (!labelled.has(name)) findings.note('class-not-labelled', name);
  for (const [name, to] of from.space.mapped) findings.note('class-mapped', `"${name}" as "${to}"`);
  noteDuplicates(from, findings);
  notePooled(
    from,
    model.attributes.map(({ name }) => name),
    findings,
  );
  return findings.list();
}

type Log = FindingLog<PredictionFindingKind>;

function noteReading(
  { rule, unused, areScoresLeftOut, scores }: OutputReader,
  prefix: string,
  { classNames }: Predictions,
  log: Log,
) {
  if (rule) log.note('threshold-used', `${prefix}"${rule.className}" where ${rule.column} ≥ ${rule.threshold}`);
  if (unused) log.note('probability-unused', `${prefix}${unused.name}`);
  if (areScoresLeftOut) log.note('scores-unused', `${prefix}all columns of scores`);
  for (const name of scores ? classNames : []) {
    if (!scores!.classes.includes(name)) log.note('class-without-score', `${prefix}${name}`);
  }
}

function noteOutput(
  { labels, classNames, predicted, scores }: Predictions,
  nameOf: (index: number) => string,
  prefix: string,
  log: Log,
) {
  const n = labels.length;
  const share = (list: ArrayLike<number>) => {
    const shares = classNames.map(() => 0);
    for (let i = 0; i < n; i++) shares[list[i]!]! += 1 / n;
    return shares;
  };
  const [labelShares, predictedShares] = [share(labels), share(predicted)];
  const only = predictedShares.findIndex((each) => each > 1 - 0.5 / n);
  if (only >= 0) log.note('one-class-predicted', `${prefix}"${classNames[only]!}"`);
  for (const [index, name] of classNames.entries()) {
    const rows = Math.round(labelShares[index]! * n);
    if (only < 0 && rows > 0 && predictedShares[index] === 0)
      log.note('never-predicted', `${prefix}"${name}": ${rows} rows`);
  }
  const accuracy = Array.from(labels).filter((label, index) => label === predicted[index]).length / n;
  const chance = labelShares.reduce((sum, each, index) => sum + each * predictedShares[index]!, 0);
  if (accuracy < chance - clearlyBelow * Math.sqrt((chance * (1 - chance)) / n)) {
    log.note('worse-than-chance', `${prefix}${percent(accuracy)} right, ${percent(chance)} by chance`);
  }
  if (!scores) return;
  const count = classNames.length;
  for (let i = 0; i < n; i++) {
    const own = scores.values[i * count + predicted[i]!]!;
    let highest = own;
    for (let k = 0; k < count; k++) highest = Math.max(highest, scores.values[i * count + k]!);
    if (highest > own + tie) log.note('not-the-highest-score', `${prefix}${nameOf(i)}`);
  }
}

function noteDuplicates({ rows, roles: { id } }: ReadFrom, log: Log) {
  if (!id) return;
  const counts = new Map<string, { name: string; count: number }>();
  for (const row of rows) {
    const name = cellText(id, row);
    if (isMissing(name)) continue;
    const known = counts.get(looseName(name)) ?? { name, count: 0 };
    known.count++;
    counts.set(looseName(name), known);
  }
  for (const { name, count } of counts.values()) if (count > 1) log.note('duplicate-id', `${name}: ${count} rows`);
}

function notePooled({ rows, roles: { runs, parts } }: ReadFrom, attributes: readonly string[], log: Log) {
  const noteVaried = (kind: PredictionFindingKind, columns: readonly TableColumn[]) => {
    for (const column of columns) {
      const values = new Set(rows.map((row) => cellText(column, row)).filter((text) => !isMissing(text)));
      if (values.size < 2 || attributes.includes(column.name)) continue;
      log.note(kind, `${column.name}: ${[...values].slice(0, 5).join(', ')}`);
    }
  };
  noteVaried('several-models', runs);
  noteVaried('several-splits', parts);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
