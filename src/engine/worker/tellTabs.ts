import type { OwnedName, Ownership } from '../../artifacts/ownership';
import type { RunId } from '../../foundation/ids';
import type { Progress } from '../../foundation/jobContext';
import { toErrorData } from '../../foundation/labError';
import type { EngineNotice, JobHandle, JobListener } from '../labEngine';
import { isLookUp, type LocalEngine } from '../localEngine';
import type { JobName, JobParams, JobPartial } from '../protocol/jobMap';
import { type Port, protocolVersion } from '../protocol/messages';
import type { HeardNews, TabMessage, TabNews } from '../protocol/tabNews';

/** How this tab and the others know of each other. */
export interface TabLinks {
  ownership: Ownership;
  channel: Port<TabMessage, TabMessage>;
  /** How often to look what others own: a tab that is closed says nothing more. */
  lookEveryMs?: number;
}

const defaultLookEveryMs = 1000;
/** Others need no finer progress. */
const minTellGapMs = 250;

/**
 * An engine whose long jobs other tabs can watch, and that passes on what other tabs tell of theirs. As long as it lives it owns
 * `tab/<id>`: the jobs of a tab that no longer does have ended.
 */
export function tellTabs(
  engine: LocalEngine,
  { ownership, channel, lookEveryMs = defaultLookEveryMs }: TabLinks,
): LocalEngine {
  const tab = crypto.randomUUID();
  const listeners = new Set<(notice: EngineNotice) => void>();
  const jobsOfTabs = new Map<string, string>();
  let ownedElsewhere: readonly OwnedName[] = [];
  let jobCount = 0;
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => {
    close = resolve;
  });

  const emit = (notice: EngineNotice) => {
    for (const listener of listeners) listener(notice);
  };
  const warn = (error: unknown) =>
    emit({ kind: 'log', level: 'warn', text: `Other tabs cannot be seen: ${toErrorData(error).message}` });
  const tell = (news: TabNews) => channel.postMessage({ version: protocolVersion, tab, news });

  /** Says what others own when that has changed, and which jobs have ended with their tabs. */
  async function look(): Promise<void> {
    const names = [...(await ownership.owned())]
      .flatMap(([name, where]) => (where === 'elsewhere' ? [name] : []))
      .sort();
    if (names.join() !== ownedElsewhere.join()) {
      ownedElsewhere = names;
      emit({ kind: 'owned-elsewhere', names });
    }
    for (const [id, owner] of jobsOfTabs) if (!names.includes(`tab/${owner}`)) endJob(id);
  }

  function endJob(id: string): void {
    jobsOfTabs.delete(id);
    emit({ kind: 'elsewhere', news: { kind: 'ended', id } });
  }

  async function hear({ version, tab: owner, news }: TabMessage): Promise<void> {
    if (version !== protocolVersion) return;
    jobsOfTabs.set(news.id, owner);
    // What the job owns is known before it is heard of: a run that is watched must not look like one that was cut off.
    await look();
    if (news.kind === 'ended') endJob(news.id);
    else if (jobsOfTabs.has(news.id)) emit({ kind: 'elsewhere', news: await completed(news) });
  }

  /** What is heard of a run is its record: an event is in the store before it is told. */
  async function completed(news: TabNews): Promise<HeardNews> {
    if (news.kind !== 'run') return news;
    const { id, runId } = news;
    return { kind: 'run', id, record: await engine.start('readRun', { runId }).result };
  }

  let inOrder = look().catch(warn);
  const queue = (work: () => Promise<void>) => {
    inOrder = inOrder.then(work).catch(warn);
  };
  channel.addEventListener('message', ({ data }) => queue(() => hear(data)));
  const timer = setInterval(() => queue(look), lookEveryMs);
  ownership.own(`tab/${tab}`, () => closed).catch(warn);

  function start<J extends JobName>(job: J, params: JobParams<J>, listener: JobListener<J> = {}): JobHandle<J> {
    if (isLookUp(job)) return engine.start(job, params, listener);
    jobCount += 1;
    const id = `${tab}/${jobCount}`;
    const isWorthTelling = sparingly();
    const runOf = runTold(params);
    const handle = engine.start(job, params, {
      progress(progress) {
        listener.progress?.(progress);
        if (isWorthTelling(progress)) tell({ kind: 'progress', id, job, progress });
      },
      partial(partial) {
        listener.partial?.(partial);
        const isRun = job === 'runRecipe' || job === 'resumeRun';
        const runId = isRun ? runOf(partial as JobPartial<'runRecipe'>) : null;
        if (runId) tell({ kind: 'run', id, runId });
      },
    });
    const end = () => tell({ kind: 'ended', id });
    handle.result.then(end, end);
    return handle;
  }

  return {
    fail: (error) => engine.fail(error),
    restart: () => engine.restart(),
    start,
    subscribe(listener) {
      listeners.add(listener);
      const end = engine.subscribe(listener);
      listener({ kind: 'owned-elsewhere', names: ownedElsewhere });
      return () => {
        listeners.delete(listener);
        end();
      };
    },
    dispose() {
      clearInterval(timer);
      close();
      listeners.clear();
      engine.dispose();
    },
  };
}

/** Which run the events of a job are about: the one that is resumed, or opened first. */
function runTold(params: object): (event: JobPartial<'runRecipe'>) => RunId | null {
  let told = 'runId' in params ? (params.runId as RunId) : null;
  return (event) => {
    if (event.kind === 'opened') told = event.record.id;
    return told;
  };
}

/** A new stage at once, and else now and then. */
function sparingly(): (progress: Progress) => boolean {
  let [lastMs, lastStage] = [Number.NEGATIVE_INFINITY, ''];
  return ({ stage }) => {
    const nowMs = performance.now();
    if (stage === lastStage && nowMs - lastMs < minTellGapMs) return false;
    [lastMs, lastStage] = [nowMs, stage];
    return true;
  };
}
