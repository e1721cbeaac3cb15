import { beforeAll, describe, expect, it } from 'vitest';
import { readHead, writeArtifact } from '../artifacts/artifact';
import type { FileStore } from '../artifacts/fileStore';
import { defaultEvaluationSettings } from '../fairness/evaluate';
import type { RunId } from '../foundation/ids';
import { formatRunRecord } from '../recipe/parseRunRecord';
import { predictionsFolder } from '../recipe/predictionArchive';
import type { RunEvent } from '../recipe/runEvents';
import type { RunHead } from '../recipe/runHead';
import type { RunRecord } from '../recipe/runRecord';
import { runHeadKind, type StoredRunHead } from '../recipe/storedRunHead';
import { faults } from '../testing/faultyFileStore';
import { computedIn, prepareSmallRun, runThroughFault, type SmallRun } from '../testing/runThroughFault';
import { watchReads } from '../testing/watchReads';
import { wholeRun } from '../testing/wholeRun';
import { followRun } from './client/followRun';
import type { LabEngine } from './labEngine';

let small: SmallRun;
/** The store after an undisturbed run with one look at the test split, and its record. */
let listed: RunHead[];
let finished: { files: Map<string, Uint8Array<ArrayBuffer>>; record: RunRecord; posted: RunEvent[]; answer: unknown };

beforeAll(async () => {
  small = await prepareSmallRun();
  const store = await small.freshStore();
  const engine = small.engineOn(store);
  const posted: RunEvent[] = [];
  const answer = await engine.start('runRecipe', small.params, { partial: (event) => posted.push(event) }).result;
  const record = await engine.start('openTestSplit', { runId: answer.runId }).result;
  finished = { files: await filesOf(store), record, posted, answer };
  listed = (await engine.start('listInventory', {}).result).runs;
}, 120_000);

async function filesOf(store: FileStore, folder = ''): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of await store.list(folder)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    const bytes = await store.read(path);
    if (bytes) files.set(path, bytes);
    else for (const [inner, content] of await filesOf(store, path)) files.set(inner, content);
  }
  return files;
}

/** The finished run on a store of its own, to be damaged. */
async function damaged(damage: (store: FileStore, id: RunId) => Promise<void>) {
  const store = await small.freshStore();
  for (const [path, bytes] of finished.files) await store.write(path, bytes);
  await damage(store, finished.record.id);
  return { store, engine: small.engineOn(store), id: finished.record.id };
}

/** Flips a bit in the middle of the line of the first event that is meant. */
async function spoilLine(store: FileStore, id: RunId, isMeant: (event: RunEvent) => boolean): Promise<void> {
  const path = `runs/${id}/journal`;
  const lines = new TextDecoder().decode((await store.read(path))!).split('\n');
  const at = lines.findIndex((line) => line !== '' && isMeant(JSON.parse(line).content));
  const line = lines[at]!;
  const middle = line.length >> 1;
  lines[at] = `${line.slice(0, middle)}${line[middle] === '1' ? '2' : '1'}${line.slice(middle + 1)}`;
  await store.write(path, new TextEncoder().encode(lines.join('\n')));
}

/** Gives a run the head that versions before lists of heads wrote. */
async function writeEarlierHead(store: FileStore, id: RunId): Promise<void> {
  const folder = `runs/${id}`;
  const { content } = (await readHead(store, folder, runHeadKind))!;
  const { dataset, arms, ...rest } = content as StoredRunHead;
  const { baseline: _, absentModels: _absent, damagedModels: _damaged, lost: _lost, ...known } = rest;
  await writeArtifact(store, folder, runHeadKind, {
    ...known,
    dataset: { id: dataset.id, name: dataset.name },
    arms: arms.map(({ rounds: _rounds, ...arm }) => arm),
  });
}

const isRound = (arm: string, round: number) => (event: RunEvent) =>
  event.kind === 'round' && event.arm === arm && event.round.round === round;

async function spoilModel(store: FileStore, name: string): Promise<void> {
  const folder = `models/${name}`;
  const body = (await store.list(folder)).find((file) => file.endsWith('weights.bin'))!;
  const bytes = (await store.read(`${folder}/${body}`))!;
  bytes[bytes.length >> 1]! ^= 1;
  await store.write(`${folder}/${body}`, bytes);
}

describe('what a run’s models predict', () => {
  const settings = { ...defaultEvaluationSettings, replicates: 5, permutations: 5 };
  const analyse = (engine: LabEngine, id: RunId) =>
    engine.start('analyseRound', { runId: id, arm: 'random', round: 1, settings }).result;

  it('is kept for the unpruned model and every round, and for what a look at the test split saw', async () => {
    const { store, id } = await damaged(async () => undefined);
    const names = await store.list(predictionsFolder(id));
    const ofTest = names.filter((name) => name.startsWith('test~'));
    expect(names.filter((name) => name.startsWith('validation~'))).toEqual([
      'validation~random~1',
      'validation~random~2',
      'validation~snnl~1',
      'validation~snnl~2',
      'validation~unpruned',
    ]);
    const [look] = finished.record.testLooks;
    expect(ofTest).toEqual([...look!.arms.map(({ arm, round }) => `test~${arm}~${round}`), 'test~unpruned'].sort());
  });

  it('is enough to analyse a round, without its model and its data', async () => {
    const whole = await damaged(async () => undefined);
    const bare = await damaged(async (store) => {
      for (const folder of ['models', 'datasets', 'image-sets']) await store.remove(folder);
    });
    const { analysis } = await analyse(bare.engine, bare.id);
    expect(analysis).toEqual((await analyse(whole.engine, whole.id)).analysis);
    const { evaluation } = finished.record.arms[1]!.rounds[0]!;
    expect(analysis.model.gaps.eodd.value).toBe(evaluation.report.eodd);
    expect(analysis.model.scores!.overall.brier).toBe(evaluation.detail!.scores!.overall.brier);
  });

  it('is predicted once where an earlier version kept nothing, or a file is damaged, and gives the same', async () => {
    const { analysis: wanted } = await analyse((await damaged(async () => undefined)).engine, finished.record.id);
    const name = (id: RunId) => `${predictionsFolder(id)}/validation~random~1`;
    for (const spoil of [
      (store: FileStore, id: RunId) => store.remove(predictionsFolder(id)),
      (store: FileStore, id: RunId) => store.write(`${name(id)}/head.json`, new Uint8Array(3)),
    ]) {
      const { engine, store, id } = await damaged(spoil);
      expect((await analyse(engine, id)).analysis).toEqual(wanted);
      await store.remove('models');
      expect((await analyse(engine, id)).analysis).toEqual(wanted);
    }
  });

  it('goes with the models of old rounds, and with the run', async () => {
    const { engine, store, id } = await damaged(async () => undefined);
    await engine.start('deleteStored', { kind: 'run-rounds', id }).result;
    const left = await store.list(predictionsFolder(id));
    const models = await store.list('models');
    for (const { arm, rounds } of finished.record.arms) {
      for (const { round, modelId } of rounds) {
        expect(left.includes(`validation~${arm}~${round}`)).toBe(models.includes(modelId));
      }
    }
    expect(models.filter((model) => model.startsWith(`${id}~`)).length).toBeLessThan(4);
    await engine.start('deleteStored', { kind: 'run', id }).result;
    expect(await store.list('runs')).toEqual([]);
  });
});

describe('what a run posts', () => {
  it('is no more than twice its record, and makes up the record', () => {
    const { posted, answer, record } = finished;
    const followed = followRun();
    for (const event of posted) followed.take(event);
    const { testLooks: _, ...run } = record;
    expect({ ...followed.record(), testLooks: undefined }).toEqual({ ...run, testLooks: undefined });
    const bytes = [...posted, answer].reduce<number>((sum, message) => sum + JSON.stringify(message).length, 0);
    expect(bytes).toBeLessThan(1.1 * formatRunRecord(followed.record()).length);
  });

  it('is what its journal holds', async () => {
    const { files, record, posted } = finished;
    const lines = new TextDecoder().decode(files.get(`runs/${record.id}/journal`)).split('\n');
    const events = lines.filter((line) => line !== '').map((line) => JSON.parse(line).content);
    expect(events.slice(0, -1)).toEqual(JSON.parse(JSON.stringify(posted)));
    expect(events.at(-1)).toMatchObject({ kind: 'test-look' });
  });
});

describe('a finished run', () => {
  const cases: [string, string, (store: FileStore, id: RunId) => Promise<void>][] = [
    ['the line of a round', 'round 1 of SNNL-Fair', (store, id) => spoilLine(store, id, isRound('snnl', 1))],
    ['the line of a last round', 'round 2 of Random', (store, id) => spoilLine(store, id, isRound('random', 2))],
    ['the model of a round', 'the model of round 1', (store, id) => store.remove(`models/${id}~random~1`)],
    ['the line of its end', 'the comparison', (store, id) => spoilLine(store, id, ({ kind }) => kind === 'ended')],
    ['the line of a look', 'the look', (store, id) => spoilLine(store, id, ({ kind }) => kind === 'test-look')],
  ];
  it.each(cases)('with a damaged or missing %s says so, and is computed again as it was', async (_, said, damage) => {
    const { engine, id } = await damaged(damage);
    const read = await engine.start('readRun', { runId: id }).result;
    expect(read).toMatchObject({ status: 'failed', error: { code: 'artifact-damaged' } });
    const { runs } = await engine.start('listInventory', {}).result;
    expect(runs[0]).toMatchObject({ status: 'failed', error: { code: 'artifact-damaged' } });
    expect([read.error!.message, runs[0]!.error!.message]).toEqual([
      expect.stringContaining(said),
      read.error!.message,
    ]);
    const repaired = await wholeRun(engine, 'resumeRun', { runId: id });
    expect(computedIn(repaired)).toEqual(computedIn(finished.record));
    expect(repaired.testLooks.map(({ at }) => at)).toEqual(finished.record.testLooks.map(({ at }) => at));
    await expect(engine.start('resumeRun', { runId: id }).result).rejects.toMatchObject({ code: 'run-not-resumable' });
  });

  it('whose opening is damaged is listed without its record, and computed again from its head; whole rounds stay', async () => {
    const { engine, id } = await damaged((store, run) => spoilLine(store, run, ({ kind }) => kind === 'opened'));
    await expect(engine.start('readRun', { runId: id }).result).rejects.toMatchObject({ code: 'artifact-damaged' });
    const { runs, unreadableRuns } = await engine.start('listInventory', {}).result;
    expect(runs).toEqual([]);
    expect(unreadableRuns).toMatchObject([{ id, canResume: true, error: { code: 'artifact-damaged' } }]);
    const repaired = await wholeRun(engine, 'resumeRun', { runId: id });
    expect(computedIn(repaired)).toEqual(computedIn(finished.record));
    expect(repaired.arms).toEqual(finished.record.arms);
  });

  it('whose opening and head are damaged is named, keeps its models and can be deleted', async () => {
    const { engine, store, id } = await damaged(async (below, run) => {
      await spoilLine(below, run, ({ kind }) => kind === 'opened');
      await below.write(`runs/${run}/head.json`, new Uint8Array(3));
    });
    const { unreadableRuns } = await engine.start('listInventory', {}).result;
    expect(unreadableRuns).toMatchObject([{ id, canResume: false, error: { code: 'artifact-damaged' } }]);
    expect(await store.list('models')).toContain(`${id}~snnl~1`);
    const after = await engine.start('deleteStored', { kind: 'run', id }).result;
    expect(after.unreadableRuns).toEqual([]);
    expect(await store.list('runs')).toEqual([]);
  });

  it('whose head is damaged or missing gets it again from its journal, and says so', async () => {
    for (const spoil of [
      (s: FileStore, path: string) => s.remove(path),
      (s: FileStore, path: string) => s.write(path, new Uint8Array(3)),
    ]) {
      const { engine } = await damaged((store, run) => spoil(store, `runs/${run}/head.json`));
      const first = await engine.start('listInventory', {}).result;
      expect(first.runs).toEqual(listed);
      expect(first.runNotes).toEqual([expect.stringContaining('made again from its journal')]);
      expect((await engine.start('listInventory', {}).result).runNotes).toEqual([]);
    }
  });

  it('whose head is of an earlier version, which said less, gets one that lists read alone', async () => {
    const { store, id } = await damaged(writeEarlierHead);
    const first = await small.engineOn(store).start('listInventory', {}).result;
    expect([first.runs, first.runNotes]).toEqual([listed, []]);
    const { watched, read } = watchReads(store);
    expect((await small.engineOn(watched).start('listInventory', {}).result).runs).toEqual(listed);
    expect(read).not.toContain(`runs/${id}/journal`);
  });

  it('whose opening is damaged under a head of an earlier version can be computed again, too', async () => {
    const { engine, id } = await damaged(async (store, run) => {
      await writeEarlierHead(store, run);
      await spoilLine(store, run, ({ kind }) => kind === 'opened');
    });
    const { unreadableRuns } = await engine.start('listInventory', {}).result;
    expect(unreadableRuns).toMatchObject([{ id, canResume: true, error: { code: 'artifact-damaged' } }]);
    const repaired = await wholeRun(engine, 'resumeRun', { runId: id });
    expect(computedIn(repaired)).toEqual(computedIn(finished.record));
  });

  it('has its journal read once when the test split is opened', async () => {
    const { store, id } = await damaged(async () => undefined);
    const { watched, read } = watchReads(store);
    await small.engineOn(watched).start('openTestSplit', { runId: id }).result;
    expect(read.filter((path) => path === `runs/${id}/journal`)).toHaveLength(1);
  });

  it('tells the way when a round with a damaged model is exported, and exports it after that', async () => {
    const { engine, id } = await damaged((store, run) => spoilModel(store, `${run}~snnl~1`));
    const { modelId } = finished.record.arms[0]!.rounds[0]!;
    const wanted = { modelId, runId: id, format: 'tfjs' as const };
    await expect(engine.start('exportModel', wanted).result).rejects.toMatchObject({
      code: 'artifact-damaged',
      hint: expect.stringContaining(`Resume the run ${id}`),
    });
    const { runs } = await engine.start('listInventory', {}).result;
    expect(runs[0]!.error!.message).toContain('the model of round 1 of SNNL-Fair');
    const repaired = await wholeRun(engine, 'resumeRun', { runId: id });
    expect(computedIn(repaired)).toEqual(computedIn(finished.record));
    expect((await engine.start('exportModel', wanted).result).bytes.byteLength).toBeGreaterThan(0);
  });

  it('of an earlier version becomes a journal once, and its record stays the same', async () => {
    const { engine, store, id } = await damaged(async (below, run) => {
      await below.remove(`runs/${run}`);
      await below.write(`runs/${run}.json`, new TextEncoder().encode(formatRunRecord(finished.record)));
    });
    expect((await engine.start('listInventory', {}).result).runs).toEqual(listed);
    expect(await store.list('runs')).toEqual([id]);
    expect((await engine.start('listInventory', {}).result).runs).toEqual(listed);
    expect(await engine.start('readRun', { runId: id }).result).toEqual(finished.record);
  });
});

/** `LAB_ALL_FAULTS=1` tries every operation; else a sample, another one with each fault. */
const everyOperation = process.env.LAB_ALL_FAULTS ? 1 : 23;

describe.each(faults)('a run on a store with the fault "%s" at any operation', (fault) => {
  it('goes on after a restart and comes out as if nothing had happened', async () => {
    const first = process.env.LAB_ALL_FAULTS ? 1 : 1 + 5 * faults.indexOf(fault);
    const { testLooks: _, ...expected } = computedIn(finished.record) as RunRecord;
    let operation = first;
    for (; ; operation += everyOperation) {
      const { record, failed } = await runThroughFault(small, fault, operation);
      const { testLooks: _none, ...found } = computedIn(record) as RunRecord;
      expect(found, `operation ${operation}`).toEqual(expected);
      if (!failed) break;
    }
    expect(operation).toBeGreaterThan(30);
  }, 600_000);
});
