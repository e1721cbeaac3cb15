import { auditPublishedTable } from '../../fairness/auditor/auditPublishedTable';
import { paperTables } from '../../fairness/auditor/paperTables';
import { publishedAuditCsv, publishedAuditText } from '../../fairness/auditor/publishedAuditTable';
import { bounds, describeBound, isWithin } from '../../foundation/bounds';
import { LabError } from '../../foundation/labError';
import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import { readInput } from '../readInput';
import { makeOutputFolder, writeOutput } from '../writeOutput';

/** `lab audit-table FILE|paper`: recomputes every FATE, Avg and Diff of a published table. Needs no browser. */
export const auditTable: Command = {
  wordCount: 1,
  flags: ['baseline', 'lambda', 'accuracy', 'out'],
  run: auditTableFile,
};

async function auditTableFile(line: CommandLine): Promise<number> {
  const { flags, output } = line;
  const file = requireWord(line, 0, 'The CSV or Markdown file with the table');
  const text = file === 'paper' ? paperTables : await readInput(file);
  const audit = auditPublishedTable(text, {
    baseline: flags.baseline ?? null,
    accuracy: flags.accuracy ?? null,
    lambda: readLambda(flags.lambda),
  });
  if (flags.out !== undefined) {
    await makeOutputFolder(flags.out);
    await writeOutput(flags.out, 'table-audit.csv', publishedAuditCsv(audit));
    await writeOutput(flags.out, 'table-audit.md', publishedAuditText(audit, 'markdown', { all: true }));
    await writeOutput(flags.out, 'table-audit.json', `${JSON.stringify(audit, null, 2)}\n`);
  }
  output.event({ kind: 'tableAudit', ...audit });
  output.text(publishedAuditText(audit, 'text'));
  if (flags.out !== undefined) output.text(`All cells are in ${flags.out}: table-audit.csv, .md, .json`);
  return exitCodes.ok;
}

function readLambda(text: string | undefined): number {
  const value = text === undefined ? 1 : Number(text);
  if (text?.trim() !== '' && isWithin(bounds.lambda, value)) return value;
  throw new LabError({
    code: 'config-invalid',
    message: `--lambda ${text} is not ${describeBound(bounds.lambda)}.`,
    hint: 'Correct --lambda, or leave it out: the paper uses 1.',
  });
}
