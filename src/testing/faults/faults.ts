// npm run faults -- [SCENARIO …|rot] [--step NUMBER]: every scenario with every fault at every operation, or at every n-th,
// and every kind of file with every decay.
import { parseArgs } from 'node:util';
import { faults } from '../faultyFileStore';
import { copyStore, createFaultBench } from './faultBench';
import { decays, kindsOf, letRot, prepareRot, takeHoldings } from './rot';
import { type Scenario, scenarios } from './scenarios';
import { findReference, strike } from './strike';

interface Outcome {
  what: string;
  told: string;
  problems: string[];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { step: { type: 'string', default: '1' } },
});
const step = Number.parseInt(values.step, 10);
const isChosen = (name: string) => positionals.length === 0 || positionals.includes(name);
const bench = await createFaultBench();
const all: Outcome[] = [];
for (const scenario of scenarios.filter(({ name }) => isChosen(name))) all.push(...(await strikeAll(scenario)));
if (isChosen('rot')) all.push(...(await rotAll()));
const bad = all.filter(({ problems }) => problems.length > 0);
console.log(`faults: ${all.length} done, ${bad.length} with problems`);
process.exitCode = bad.length > 0 || all.length === 0 ? 1 : 0;

async function strikeAll(scenario: Scenario): Promise<Outcome[]> {
  const reference = await findReference(scenario, bench);
  const found: Outcome[] = [];
  for (const fault of faults) {
    for (let operation = 1; operation <= reference.operations; operation += step) {
      const { told, problems } = await strike(scenario, bench, reference, { fault, operation });
      found.push({ what: `${fault} at ${operation}`, told, problems });
    }
  }
  print(`${scenario.name} (${reference.operations} operations)`, found);
  return found;
}

async function rotAll(): Promise<Outcome[]> {
  const store = await prepareRot(bench);
  const before = await takeHoldings(bench.open(await copyStore(store)), bench);
  const found: Outcome[] = [];
  for (const path of await kindsOf(store)) {
    for (const decay of decays) {
      const { told, problems } = await letRot(bench, store, before, { path, decay });
      found.push({ what: `${decay} of ${path}`, told: told.join(' ') || 'clean', problems });
    }
  }
  print('rot', found);
  return found;
}

function print(name: string, found: readonly Outcome[]): void {
  const codes = [...new Set(found.map(({ told }) => told))].sort();
  const tally = codes.map((code) => `${found.filter(({ told }) => told === code).length} ${code}`).join(', ');
  console.log(`${name}: ${found.length}; ${tally}`);
  for (const { what, told, problems } of found) {
    if (problems.length > 0) console.log(`  ${what} (told ${told}): ${problems.join('; ')}`);
  }
}
