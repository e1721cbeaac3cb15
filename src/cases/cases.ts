// npm run cases -- DIR [models|tables]: reads every input below a folder and prints how, beside how it should be read.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { startCompute } from '../compute/startCompute';
import { type CaseRow, type Verdict, verdicts } from './caseRow';
import { checkModelCases } from './modelCases';
import { checkTableCases } from './tableCases';

const [given, part = 'all'] = process.argv.slice(2);
if (!given || !existsSync(given) || !['all', 'models', 'tables'].includes(part)) {
  console.error(
    'Usage: npm run cases -- DIR [models|tables]; a folder with models/, tfjs/, torch/, audit/, data/, imgs/ and expected.json.',
  );
  process.exit(2);
}
const folder = resolve(given);
const rows: CaseRow[] = [];
if (part !== 'tables') {
  await startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` });
  rows.push(...(await checkModelCases(folder)));
}
if (part !== 'models') rows.push(...(await checkTableCases(folder)));
for (const row of rows) console.log(inOneLine(row));
console.log(summary(rows));
process.exitCode = rows.some(({ verdict }) => verdict === 'silent') || rows.length === 0 ? 1 : 0;

function inOneLine({ file, expected, got, verdict }: CaseRow): string {
  return `${verdict.padEnd(8)} ${file}\n         expected: ${expected}\n         got:      ${got.replaceAll(/\s+/g, ' ')}`;
}

function summary(all: readonly CaseRow[]): string {
  const count = (verdict: Verdict) => all.filter((row) => row.verdict === verdict).length;
  return `cases: ${verdicts.map((verdict) => `${count(verdict)} ${verdict}`).join(', ')}`;
}
