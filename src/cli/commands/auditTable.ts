import * as z from 'zod/mini';
import { auditPublishedTable } from '../../fairness/auditor/auditPublishedTable';
import { paperTables } from '../../fairness/auditor/paperTables';
import { publishedAuditCsv, publishedAuditText } from '../../fairness/auditor/publishedAuditTable';
import { type CommandLine, declareCommand, exitCodes } from '../commandLine';
import { numberFlag, textFlag } from '../flag';
import { readInput } from '../readInput';
import { makeOutputFolder, writeOutput } from '../writeOutput';

const flags = {
  baseline: textFlag('METHOD', 'the row that FATE compares with'),
  lambda: numberFlag(z.number().check(z.gte(0)), 'weight of the gap in FATE (default 1, as in the paper)'),
  accuracy: textFlag('NAME', 'the column that FATE takes as accuracy'),
  out: textFlag('DIR', 'folder for every cell as CSV, Markdown and JSON'),
};

/** `lab audit-table FILE|paper`: recomputes every FATE, Avg and Diff of a published table. Needs no browser. */
export const auditTable = declareCommand({
  summary: "whether a published table's FATEs, Avg and Diff belong together",
  word: { name: 'TABLE.csv|TABLE.md|paper', help: 'the table, or those of the paper' },
  flags,
  usesEngine: false,
  run: auditTableFile,
});

async function auditTableFile({ word: file, flags: given, output }: CommandLine<typeof flags>): Promise<number> {
  const { baseline = null, accuracy = null, lambda = 1, out } = given;
  const text = file === 'paper' ? paperTables : await readInput(file);
  const audit = auditPublishedTable(text, { baseline, accuracy, lambda });
  if (out !== undefined) {
    await makeOutputFolder(out);
    await writeOutput(out, 'table-audit.csv', publishedAuditCsv(audit));
    await writeOutput(out, 'table-audit.md', publishedAuditText(audit, 'markdown', { all: true }));
    await writeOutput(out, 'table-audit.json', `${JSON.stringify(audit, null, 2)}\n`);
  }
  output.event({ kind: 'tableAudit', ...audit });
  output.text(publishedAuditText(audit, 'text'));
  if (out !== undefined) output.text(`All cells are in ${out}: table-audit.csv, .md, .json`);
  return exitCodes.ok;
}
