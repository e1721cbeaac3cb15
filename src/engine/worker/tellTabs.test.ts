import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOwnership, type Hold, type OwnedName, type Ownership } from '../../artifacts/ownership';
import type { EngineNotice, JobListener, LabEngine } from '../labEngine';
import type { LocalEngine } from '../localEngine';
import type { JobName } from '../protocol/jobMap';
import { type Port, protocolVersion } from '../protocol/messages';
import type { TabMessage } from '../protocol/tabNews';
import { tellTabs } from './tellTabs';

const lookEveryMs = 20;
const progress = {
  stage: 'Round 1',
  done: 1,
  total: 2,
  unit: 'rounds',
  fraction: 0.5,
  etaMs: null,
  perSecond: null,
} as const;

/** A browser: tabs hear each other, and what a tab owns is free when it is closed. */
function fakeBrowser() {
  const hearers = new Map<string, (event: { data: TabMessage }) => void>();
  const owners = new Map<OwnedName, string>();
  return {
    close(name: string) {
      hearers.delete(name);
      for (const [owned, owner] of owners) if (owner === name) owners.delete(owned);
    },
    post: (from: string, data: TabMessage) => {
      for (const [name, hear] of hearers) if (name !== from) hear({ data });
    },
    channel: (name: string): Port<TabMessage, TabMessage> => ({
      postMessage(data) {
        if (hearers.has(name)) for (const [other, hear] of hearers) if (other !== name) hear({ data });
      },
      addEventListener: (_, listener) => hearers.set(name, listener),
    }),
    ownership: (name: string): Ownership =>
      createOwnership(
        async (owned: OwnedName, _hold: Hold) => {
          owners.set(owned, name);
          return { letGo: async () => void owners.delete(owned) };
        },
        async () => owners.keys(),
      ),
  };
}

/** An engine whose jobs do nothing until they are told. */
function idleEngine() {
  const jobs: { listener: JobListener<JobName>; end(): void; fail(): void }[] = [];
  const engine: LocalEngine = {
    start(job, params, listener = {}) {
      if (job === 'readRun') return { result: Promise.resolve({ id: (params as { runId: string }).runId }) } as never;
      const steering = { cancel: () => undefined, pause: () => undefined, resume: () => undefined };
      const result = new Promise<never>((resolve, reject) => {
        const end = () => resolve(undefined as never);
        jobs.push({ listener: listener as JobListener<JobName>, end, fail: () => reject(new Error('on purpose')) });
      });
      return { id: 'inner', result, ...steering, finishNow: () => undefined };
    },
    subscribe: () => () => undefined,
    dispose: () => undefined,
    fail: () => Promise.resolve(),
    restart: () => undefined,
  };
  return { engine, jobs };
}

let browser: ReturnType<typeof fakeBrowser>;
let tabs: LabEngine[];

beforeEach(() => {
  browser = fakeBrowser();
  tabs = [];
});

afterEach(() => {
  for (const tab of tabs) tab.dispose();
});

function openTab(name: string) {
  const { engine, jobs } = idleEngine();
  const notices: EngineNotice[] = [];
  const ownership = browser.ownership(name);
  const tab = tellTabs(engine, { ownership, channel: browser.channel(name), lookEveryMs });
  tab.subscribe((notice) => notices.push(notice));
  tabs.push(tab);
  const news = () => notices.flatMap((notice) => (notice.kind === 'elsewhere' ? [notice.news] : []));
  const owned = () => {
    const last = notices.findLast((notice) => notice.kind === 'owned-elsewhere');
    return last?.names.filter((found) => !found.startsWith('tab/'));
  };
  return { tab, jobs, notices, news, owned, ownership };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 4 * lookEveryMs));

describe('a tab among others', () => {
  it('tells of its long jobs: how far they are, what a run has come to, and that they have ended', async () => {
    const [one, other] = [openTab('one'), openTab('other')];
    const heard: string[] = [];
    const run = one.tab.start('runRecipe', {} as never, { partial: () => heard.push('partial') });
    one.jobs[0]!.listener.progress?.(progress);
    one.jobs[0]!.listener.partial?.({ kind: 'opened', record: { id: 'r1' } } as never);
    one.jobs[0]!.end();
    await run.result;
    await settle();
    const id = other.news()[0]!.id;
    expect(other.news()).toEqual([
      { kind: 'progress', id, job: 'runRecipe', progress },
      { kind: 'run', id, record: { id: 'r1' } },
      { kind: 'ended', id },
    ]);
    expect(heard).toEqual(['partial']);
    expect(one.news()).toEqual([]);
  });

  it('tells that a job has ended when it failed, too, and nothing of look-ups', async () => {
    const [one, other] = [openTab('one'), openTab('other')];
    one.tab.start('loadModel', {} as never).result.catch(() => undefined);
    one.jobs[0]!.fail();
    void one.tab.start('listInventory', {});
    one.jobs[1]!.listener.progress?.(progress);
    one.jobs[1]!.end();
    await settle();
    expect(other.news().map(({ kind }) => kind)).toEqual(['ended']);
  });

  it('tells a new stage at once, and the rest of its progress now and then', async () => {
    const [one, other] = [openTab('one'), openTab('other')];
    void one.tab.start('runRecipe', {} as never);
    for (const stage of ['a', 'a', 'a', 'b', 'b']) one.jobs[0]!.listener.progress?.({ ...progress, stage });
    await settle();
    const stages = other.news().map((news) => (news.kind === 'progress' ? news.progress.stage : news.kind));
    expect(stages).toEqual(['a', 'b']);
  });

  it('says what others own before it says what they tell, and not what it owns itself', async () => {
    const [one, other] = [openTab('one'), openTab('other')];
    await settle();
    void one.ownership.own('run/r1', () => new Promise(() => undefined));
    void other.ownership.own('run/r2', () => new Promise(() => undefined));
    void one.tab.start('runRecipe', {} as never);
    one.jobs[0]!.listener.progress?.(progress);
    await settle();
    expect(other.owned()).toEqual(['run/r1']);
    expect(one.owned()).toEqual(['run/r2']);
    const kinds = other.notices.map(({ kind }) => kind);
    expect(kinds.lastIndexOf('owned-elsewhere')).toBeLessThan(kinds.indexOf('elsewhere'));
  });

  it('that is closed in the middle of a job is said to have ended it, and to own nothing', async () => {
    const [one, other] = [openTab('one'), openTab('other')];
    void one.ownership.own('run/r1', () => new Promise(() => undefined));
    void one.tab.start('runRecipe', {} as never);
    one.jobs[0]!.listener.progress?.(progress);
    await settle();
    browser.close('one');
    await settle();
    expect(other.owned()).toEqual([]);
    expect(other.news().map(({ kind }) => kind)).toEqual(['progress', 'ended']);
  });

  it('of another version of the lab is not listened to', async () => {
    const other = openTab('other');
    const news = { kind: 'progress', id: 'x/1', job: 'runRecipe', progress } as const;
    browser.post('old', { version: protocolVersion - 1, tab: 'x', news });
    await settle();
    expect(other.news()).toEqual([]);
  });
});
