// npm run cases -- DIR: reads every input below a folder and prints how, beside how it should be read.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { wasmFolder } from '../../scripts/wasmFiles.mjs';
import { startCompute } from '../compute/startCompute';
import { type CaseRow, type Verdict, verdicts } from './caseRow';
import { checkModelCases } from './modelCases';

const [given] = process.argv.slice(2);
if (!given || !existsSync(given)) {
  console.error(
    'Usage: npm run cases -- DIR, a folder with models/, tfjs/, torch/, audit/, data/, imgs/ and expected.json.',
  );
  process.exit(2);
}
await startCompute({ prefer: 'wasm', wasmPath: `${wasmFolder()}/` });
const rows = await checkModelCases(resolve(given));
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
