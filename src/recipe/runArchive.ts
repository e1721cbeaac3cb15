import { readHead, writeArtifact } from '../artifacts/artifact';
import type { FileStore } from '../artifacts/fileStore';
import { appendToJournal, type JournalContent, readJournal, writeJournal } from '../artifacts/journal';
import { artifactDamaged } from '../artifacts/sealedJson';
import { tidyUp } from '../artifacts/tidyUp';
import { type ModelId, type RunId, runId } from '../foundation/ids';
import { LabError, type LabErrorData, toErrorData } from '../foundation/labError';
import { listModelIds } from '../model/modelStore';
import { describeRunDamage, findRunDamage, isDamaged, type RunDamage } from './findRunDamage';
import { addEvent, type FoldedRun, foldRun } from './foldRun';
import type { KnownRun } from './knownRun';
import type { OpenedRun } from './openRun';
import { parseRunEvent } from './parseRunEvent';
import { parseRunRecord } from './parseRunRecord';
import { openPredictionShelf } from './predictionArchive';
import { reviseRecord } from './reviseRecord';
import { eventsBetween, eventsOf, type RunEvent } from './runEvents';
import { type RunHead, runHeadOf } from './runHead';
import type { RunRecord } from './runRecord';
import { damageOf, findJournalDamage, headOf, isListed, runHeadKind, type StoredRunHead } from './storedRunHead';

const root = 'runs';
const folderOf = (id: RunId) => `${root}/${id}`;
const journalOf = (id: RunId) => `${folderOf(id)}/journal`;
/** Where earlier versions of the lab kept a run: the whole record, written anew after every round. */
const recordFileOf = (id: RunId) => `${folderOf(id)}.json`;
/** Where the checkpoints of a run's rounds under way are kept. */
export const runCheckpointFolder = (id: RunId) => `run-checkpoints/${id}`;

/** A stored run, opened: what its journal says, and a way to add to it. */
export interface RunJournal {
  readonly id: RunId;
  /** What the events so far come to. */
  readonly run: FoldedRun;
  readonly head: KnownRun;
  /** What is damaged of the run, as far as it can be told without opening its models. @param models those stored */
  damage(models: ReadonlySet<ModelId>): RunDamage;
  /** Makes an event durable. @throws LabError `quota-exceeded`, `storage-failed`; when the event is durable all the same, it is there afterwards */
  append(event: RunEvent): Promise<void>;
}

/** A run that cannot be shown, and why. */
export interface UnreadableRun {
  id: RunId;
  error: LabErrorData;
  /** Whether enough of it is known to compute it again. */
  canResume: boolean;
}

/** What is stored of runs. */
export interface RunList {
  /** Oldest first. One that is known to be damaged has failed, and its error says what is damaged. */
  runs: RunHead[];
  unreadable: UnreadableRun[];
  /** Sentences: what was put right on the way. */
  notes: string[];
}

/**
 * Begins the journal of a new run. Its head comes first: from it the run can be computed again if nothing else gets durable.
 * What the unpruned model predicts comes before the event that tells of it.
 */
export async function createRun(store: FileStore, { record, predictions }: OpenedRun): Promise<RunJournal> {
  const head = withLostOpening(foldRun([]), 0, headOf(foldRun([{ kind: 'opened', record }]), 0, null));
  await writeArtifact(store, folderOf(record.id), runHeadKind, head);
  await openPredictionShelf(store, record.id).keep({ split: 'validation', round: null }, predictions);
  const journal = journalFrom(store, record.id, foldRun([]), head);
  await journal.append({ kind: 'opened', record });
  return journal;
}

/**
 * Keeps a record that came from a file: as a run whose models are not here, or as what it adds to the stored run.
 *
 * @param stored the record that is stored; null when there is none, or it is lost
 * @returns the record as it is kept
 */
export async function keepRecord(store: FileStore, stored: RunRecord | null, record: RunRecord): Promise<RunRecord> {
  const events = [...eventsBetween(stored, record), ...(await absentModels(store, record))];
  const journal = await openIfStored(store, record.id);
  if (!journal) await writeRun(store, record.id, events);
  else for (const event of events) await journal.append(event);
  return loadRun(store, record.id);
}

/**
 * Opens a stored run, also a damaged one. What is found to be damaged is noted in its head, so that lists tell it.
 *
 * @throws LabError `run-not-found`; `artifact-damaged` when nothing is left that says what it was; `record-invalid` when it
 *   is of an earlier version and cannot be read
 */
export async function openRunJournal(store: FileStore, id: RunId): Promise<RunJournal> {
  return (await openWithNotes(store, id)).journal;
}

/**
 * The record of a stored run. Where something of it is damaged it has failed, and its error says what.
 *
 * @throws LabError as {@link openRunJournal}; `artifact-damaged` when the record is lost and has to be computed again
 */
export async function loadRun(store: FileStore, id: RunId): Promise<RunRecord> {
  return recordOf(await openRunJournal(store, id), await storedModels(store));
}

/** The record of a stored run; null when there is none, or it is lost. @throws LabError `storage-failed` */
export async function findRun(store: FileStore, id: RunId): Promise<RunRecord | null> {
  try {
    return await loadRun(store, id);
  } catch (error) {
    if (error instanceof LabError && error.code !== 'storage-failed') return null;
    throw error;
  }
}

/**
 * The record of an opened run as it is to be shown: where something of it is damaged it has failed, and its error says what.
 *
 * @param models those stored
 * @throws LabError `artifact-damaged` when the record is lost
 */
export function recordOf(journal: RunJournal, models: ReadonlySet<ModelId>): RunRecord {
  const { record } = journal.run;
  const damage = journal.damage(models);
  if (!isDamaged(damage) && record) return record;
  const error = describeRunDamage(journal.id, damage);
  if (!record) throw new LabError(error);
  return { ...record, status: 'failed', error };
}

/**
 * All stored runs, by their heads alone. A journal is read only where its head is damaged, missing, older than the journal or
 * of an earlier version: the head is made again then. Runs of versions without journals get one on the way.
 *
 * @param models those stored
 */
export async function listRuns(store: FileStore, models: ReadonlySet<ModelId>): Promise<RunList> {
  const names = await store.list(root);
  const ids = new Set(names.map((name) => runId(name.replace(/\.json$/, ''))));
  const heads = await Promise.all(
    Array.from(ids, async (id) => (names.includes(`${id}.json`) ? null : await currentHead(store, id))),
  );
  const list: RunList = { runs: [], unreadable: [], notes: [] };
  for (const [index, id] of [...ids].entries()) {
    let canResume = heads[index]?.lost.isOpeningLost ?? false;
    try {
      if (heads[index]) list.runs.push(shownHead(heads[index], models));
      else {
        const { journal, notes } = await openWithNotes(store, id);
        canResume = journal.run.record === null;
        list.notes.push(...notes);
        list.runs.push(runHeadOf(recordOf(journal, models)));
      }
    } catch (error) {
      if (!(error instanceof LabError)) throw error;
      // A folder of which nothing got durable, or a run that was deleted since it was listed.
      if (error.code === 'run-not-found') continue;
      list.unreadable.push({ id, error: toErrorData(error), canResume });
    }
  }
  list.runs.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
  return list;
}

/** The head of a run if it is as new as its journal, and of this version. */
async function currentHead(store: FileStore, id: RunId): Promise<StoredRunHead | null> {
  try {
    const head = await readRunHead(store, id);
    if (head === 'damaged' || !isListed(head)) return null;
    return head.journalBytes === (await store.sizeOf(journalOf(id))) ? head : null;
  } catch (error) {
    // It is told when the run is opened.
    if (error instanceof LabError) return null;
    throw error;
  }
}

/** The head as it is to be shown. @throws LabError `artifact-damaged` when the record is lost */
function shownHead(head: StoredRunHead, models: ReadonlySet<ModelId>): RunHead {
  const damage = damageOf(head, models);
  if (!isDamaged(damage)) return runHeadOf(head);
  const error = describeRunDamage(head.id, damage);
  if (damage.isOpeningLost) throw new LabError(error);
  return { ...runHeadOf(head), status: 'failed', error };
}

/** Deletes a run, readable or not; nothing happens when there is none. Its models are left. */
export async function deleteRun(store: FileStore, id: RunId): Promise<void> {
  await store.remove(recordFileOf(id));
  await store.remove(folderOf(id));
}

async function openWithNotes(store: FileStore, id: RunId): Promise<{ journal: RunJournal; notes: string[] }> {
  await migrate(store, id);
  // Measured first: what is appended meanwhile makes the head older than the journal.
  const journalBytes = await store.sizeOf(journalOf(id));
  const content = await readJournal(store, journalOf(id));
  const before = await readRunHead(store, id);
  if (!content && before === null) throw runNotFound(id);
  const known = before === 'damaged' ? null : before;
  const run = openedRun(content, known);
  if (!run.record && !known) {
    throw artifactDamaged(journalOf(id), 'what it says of the settings of the run cannot be read');
  }
  const head = run.record ? headOf(run, journalBytes, known) : withLostOpening(run, journalBytes, known!);
  await keepHead(store, head, known);
  const note = `The list entry of the run ${id} was damaged or missing and was made again from its journal.`;
  return { journal: journalFrom(store, id, run, head), notes: known ? [] : [note] };
}

/** The head of a run whose opening is lost stays, and tells it. One of an earlier version cannot. */
function withLostOpening<Known extends KnownRun>(run: FoldedRun, journalBytes: number, known: Known): Known {
  return isListed(known) ? { ...known, journalBytes, lost: findJournalDamage(run, known) } : known;
}

/**
 * Keeps a head that was made again if it tells more than the stored one, unless another tab or process is at the run: that writes
 * the head itself. Without room the journal tells all.
 */
async function keepHead(store: FileStore, head: KnownRun, stored: KnownRun | null): Promise<void> {
  if (!isListed(head)) return;
  const isSame =
    isListed(stored) &&
    stored.journalBytes === head.journalBytes &&
    JSON.stringify(stored.lost) === JSON.stringify(head.lost);
  if (isSame || (await store.ownership.owned()).get(`run/${head.id}`) === 'elsewhere') return;
  await tidyUp(() => writeArtifact(store, folderOf(head.id), runHeadKind, head));
}

async function readRunHead(store: FileStore, id: RunId): Promise<StoredRunHead | KnownRun | 'damaged' | null> {
  try {
    return (await readHead(store, folderOf(id), runHeadKind))?.content ?? null;
  } catch (error) {
    if (error instanceof LabError && error.code === 'artifact-damaged') return 'damaged';
    throw error;
  }
}

/** What the whole lines of a journal come to. @throws LabError `record-invalid` when it holds what this version does not know */
function openedRun(content: JournalContent | null, head: KnownRun | null): FoldedRun {
  const run = foldRun((content?.entries ?? []).map(parseRunEvent));
  if (!run.record) return run;
  const record = reviseRecord(run.record);
  // The line that told of another device may be a damaged one; the head tells it, too.
  const environment = content && content.damagedLines > 0 && head ? head.environment : record.environment;
  return { ...run, record: { ...record, environment } };
}

function journalFrom(store: FileStore, id: RunId, opened: FoldedRun, known: KnownRun): RunJournal {
  let run = opened;
  let head = known;
  return {
    id,
    get run() {
      return run;
    },
    get head() {
      return head;
    },
    damage: (models) => findRunDamage(run, head, (model) => models.has(model)),
    async append(event) {
      await appendToJournal(store, journalOf(id), event);
      run = addEvent(run, event);
      if (!run.record) return;
      const next = headOf(run, await store.sizeOf(journalOf(id)), head);
      head = next;
      await writeArtifact(store, folderOf(id), runHeadKind, next);
    },
  };
}

/** Ids of the models that are stored, whole or not. */
export async function storedModels(store: FileStore): Promise<ReadonlySet<ModelId>> {
  return new Set(await listModelIds(store));
}

/** Keeps a whole run at once: its journal, then its head. */
async function writeRun(store: FileStore, id: RunId, events: readonly RunEvent[]): Promise<void> {
  await writeJournal(store, journalOf(id), events);
  const head = headOf(foldRun(events), await store.sizeOf(journalOf(id)), null);
  await writeArtifact(store, folderOf(id), runHeadKind, head);
}

/**
 * Makes a journal of the record that an earlier version kept. The record goes once the journal is durable. Models of rounds
 * that are not here count as let go: nothing tells whether they ever were.
 */
async function migrate(store: FileStore, id: RunId): Promise<void> {
  const bytes = await store.read(recordFileOf(id));
  if (!bytes) return;
  if (!(await store.read(journalOf(id)))) {
    const record = parseRunRecord(new TextDecoder().decode(bytes));
    const events = [...eventsOf(record), ...(await absentModels(store, record))];
    await writeRun(store, id, events);
  }
  await store.remove(recordFileOf(id));
}

/** Says of the rounds whose models are not here that they need not be. */
async function absentModels(store: FileStore, { arms, updatedAt: at }: RunRecord): Promise<RunEvent[]> {
  const here = await storedModels(store);
  const ids = arms.flatMap(({ rounds }) => rounds.map(({ modelId }) => modelId));
  const models = ids.filter((id) => !here.has(id));
  return models.length > 0 ? [{ kind: 'models-absent', at, models }] : [];
}

async function openIfStored(store: FileStore, id: RunId): Promise<RunJournal | null> {
  try {
    return await openRunJournal(store, id);
  } catch (error) {
    if (error instanceof LabError && error.code === 'run-not-found') return null;
    throw error;
  }
}

function runNotFound(id: RunId): LabError {
  return new LabError({
    code: 'run-not-found',
    message: `The run ${id} is not stored on this machine.`,
    hint: 'Choose another run, or load its record from a file.',
    details: { id },
  });
}
