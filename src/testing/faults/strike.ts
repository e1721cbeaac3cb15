import type { FileStore } from '../../artifacts/fileStore';
import type { LabEngine } from '../../engine/labEngine';
import { toErrorData } from '../../foundation/labError';
import { createFaultyFileStore, type Fault } from '../faultyFileStore';
import { clearAway } from './clearAway';
import { type FaultBench, filesOf } from './faultBench';
import type { Scenario } from './scenarios';

/** What one fault did. */
export interface Strike {
  scenario: string;
  fault: Fault;
  operation: number;
  /** `clean`: the lab came through without a word; otherwise the code of what it said. */
  told: string;
  /** What must not be, in sentences. Empty when all held. */
  problems: string[];
}

/** What an undisturbed store ends as. */
export interface Reference {
  outcome: string;
  operations: number;
  /** The files of what the scenario has nothing to do with. */
  bystanders: ReadonlyMap<string, string>;
}

/** Does a scenario undisturbed, and counts its operations. */
export async function findReference(scenario: Scenario, bench: FaultBench): Promise<Reference> {
  const before = await bench.copy();
  const prepared = await contentsOf(before);
  const store = createFaultyFileStore(before, 'fail', Number.POSITIVE_INFINITY);
  const outcome = JSON.stringify(await scenario.act(bench.open(store), bench, () => undefined));
  const after = await contentsOf(before);
  const bystanders = new Map([...prepared].filter(([path, content]) => after.get(path) === content));
  return { outcome, operations: store.operations, bystanders };
}

/** Does a scenario with a fault at an operation, goes on in a new process as a user would, and looks for what must not be. */
export async function strike(
  scenario: Scenario,
  bench: FaultBench,
  reference: Reference,
  { fault, operation }: { fault: Fault; operation: number },
): Promise<Strike> {
  const store = await bench.copy();
  const problems: string[] = [];
  let finished = 0;
  const told = await codeOf(
    scenario.act(bench.open(createFaultyFileStore(store, fault, operation)), bench, () => {
      finished += 1;
    }),
  );
  if (told === 'internal') problems.push('the error has no name');

  const engine = bench.open(store);
  const listed = await codeOf(engine.start('listInventory', {}).result);
  if (listed !== 'clean') problems.push(`afterwards the inventory fails: ${listed}`);
  const there = (await scenario.countFinished?.(engine, bench)) ?? finished;
  if (there < finished) problems.push(`${finished} were told as finished, ${there} are there`);
  for (const [path, content] of reference.bystanders) {
    if (textOf(await store.read(path)) !== content) problems.push(`${path} is not as it was`);
  }
  problems.push(...(await goOn(scenario, bench, engine, reference)), ...(await clearAway(engine, store)));
  return { scenario: scenario.name, fault, operation, told, problems };
}

/** Goes on until it is done, and compares. */
async function goOn(
  scenario: Scenario,
  bench: FaultBench,
  engine: LabEngine,
  { outcome }: Reference,
): Promise<string[]> {
  try {
    const ended = JSON.stringify(await scenario.act(engine, bench, () => undefined));
    return ended === outcome ? [] : [`it ends otherwise: ${firstDifference(ended, outcome)}`];
  } catch (error) {
    const { code, message } = toErrorData(error);
    return [`it cannot be gone on with: ${code}, ${message}`];
  }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'clean';
  } catch (error) {
    return toErrorData(error).code;
  }
}

async function contentsOf(store: FileStore): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const path of await filesOf(store)) contents.set(path, textOf(await store.read(path)));
  return contents;
}

function textOf(bytes: Uint8Array | null): string {
  return bytes === null ? 'missing' : Buffer.from(bytes).toString('base64');
}

function firstDifference(a: string, b: string): string {
  let at = 0;
  while (a[at] === b[at]) at += 1;
  return `${a.slice(Math.max(0, at - 60), at + 40)} instead of ${b.slice(Math.max(0, at - 60), at + 40)}`;
}
