import type { EngineNotice } from '../../engine/labEngine';
import type { HeardNews } from '../../engine/protocol/tabNews';
import { runHeadOf } from '../../recipe/runHead';
import type { RunRecord } from '../../recipe/runRecord';
import { inputsKey } from './inputsKey';
import type { DoneEvent, LabEvent, OpenedEvent } from './labEvent';
import { initialState, type LabState, type StageName, type StageResults } from './labState';
import { refreshStale, setStage } from './refreshStale';
import { type Stage, stageResult } from './stage';

/** The only writer of results. An event of a job that the stage no longer waits for changes nothing. */
export function applyEvent(state: LabState, event: LabEvent): LabState {
  switch (event.kind) {
    case 'started': {
      const started = withRunning(state, event.stage, event.jobId);
      return event.stage === 'model' ? { ...started, trainingHistory: [], trainingNotes: [] } : started;
    }
    case 'progress':
      return updateRunning(state, event.stage, event.jobId, { progress: event.progress });
    case 'paused':
      return updateRunning(state, event.stage, event.jobId, { paused: event.paused });
    case 'epoch':
      if (!isAwaited(state, 'model', event.jobId)) return state;
      return { ...state, trainingHistory: [...state.trainingHistory, event.epoch] };
    case 'training-noted':
      return { ...state, trainingNotes: event.notes };
    case 'round':
      return isAwaited(state, 'prune', event.jobId) ? withRecord(state, event.record) : state;
    case 'done':
      return isAwaited(state, event.stage, event.jobId) ? withResult(state, event) : state;
    case 'failed': {
      if (!isAwaited(state, event.stage, event.jobId)) return state;
      const ended = withBadEnd(state, event);
      // Other stages put their questions where their own work is.
      return event.stage === 'model' && event.error.questions ? { ...ended, asked: event.error } : ended;
    }
    case 'cancelled':
      return isAwaited(state, event.stage, event.jobId) ? withBadEnd(state, event) : state;
    case 'opened':
      return withResult(state, event);
    case 'files-put-away':
      return replaceStage(state, 'inspection', { status: 'idle' });
    case 'questions-put-away': {
      const result = stageResult(state.stages.model);
      if (result) return withResult(state, { kind: 'opened', stage: 'model', result });
      return { ...replaceStage(state, 'model', { status: 'idle' }), asked: null };
    }
    case 'inventory':
      return { ...state, inventory: event.inventory, inventoryRead: true };
    case 'methods':
      return { ...state, methods: event.methods };
    case 'record-chosen':
      return refreshStale({ ...state, record: event.record });
    case 'alert':
      return { ...state, alert: event.error };
    case 'notice':
      return withNotice(state, event.notice);
  }
}

function isAwaited(state: LabState, stage: StageName, jobId: string): boolean {
  const current = state.stages[stage];
  return current.status === 'running' && current.jobId === jobId;
}

function replaceStage<S extends StageName>(state: LabState, name: S, stage: Stage<StageResults[S]>): LabState {
  const stages = { ...state.stages };
  setStage(stages, name, stage);
  return { ...state, stages };
}

function withRunning<S extends StageName>(state: LabState, name: S, jobId: string): LabState {
  const before: Stage<StageResults[S]> = state.stages[name];
  return replaceStage(state, name, {
    status: 'running',
    jobId,
    progress: null,
    paused: false,
    inputsKey: inputsKey(state, name),
    previous: stageResult(before),
  });
}

function updateRunning<S extends StageName>(
  state: LabState,
  name: S,
  jobId: string,
  change: Partial<Pick<Extract<Stage<never>, { status: 'running' }>, 'progress' | 'paused'>>,
): LabState {
  const stage: Stage<StageResults[S]> = state.stages[name];
  if (stage.status !== 'running' || stage.jobId !== jobId) return state;
  return replaceStage(state, name, { ...stage, ...change });
}

/** Data and model are their own inputs, so their key is taken once the result is in; the others keep the key they started with. */
function withResult(state: LabState, event: DoneEvent | OpenedEvent): LabState {
  const stage = state.stages[event.stage];
  const done = replaceStage(state, event.stage, { status: 'done', result: event.result, inputsKey: '' });
  const withRun = isRecordEvent(event) ? withRecord(done, event.result) : done;
  const isOwnInput = event.stage === 'data' || event.stage === 'model' || event.stage === 'results';
  const key = isOwnInput || stage.status !== 'running' ? inputsKey(withRun, event.stage) : stage.inputsKey;
  const asked = event.stage === 'model' ? null : state.asked;
  const ended = replaceStage(withRun, event.stage, { status: 'done', result: event.result, inputsKey: key });
  return refreshStale({ ...ended, asked });
}

function isRecordEvent(
  event: DoneEvent | OpenedEvent,
): event is Extract<DoneEvent, { stage: 'prune' | 'results' | 'compare' }> {
  return event.stage === 'prune' || event.stage === 'results' || event.stage === 'compare';
}

function withBadEnd<S extends StageName>(
  state: LabState,
  event: Extract<LabEvent, { kind: 'failed' | 'cancelled' }> & { stage: S },
): LabState {
  const before: Stage<StageResults[S]> = state.stages[event.stage];
  const previous = stageResult(before);
  return replaceStage<S>(
    state,
    event.stage,
    event.kind === 'failed' ? { status: 'failed', error: event.error, previous } : { status: 'cancelled', previous },
  );
}

/** Shows a record and puts its head into the inventory, in place of the older one. */
function withRecord(state: LabState, record: RunRecord): LabState {
  const { runs } = state.inventory;
  const isKnown = runs.some(({ id }) => id === record.id);
  const head = runHeadOf(record);
  const newRuns = isKnown ? runs.map((run) => (run.id === head.id ? head : run)) : [...runs, head];
  return { ...state, record, inventory: { ...state.inventory, runs: newRuns } };
}

function withNotice(state: LabState, notice: EngineNotice): LabState {
  switch (notice.kind) {
    case 'ready':
      return { ...state, environment: notice.environment, engineDown: false };
    case 'restarted': {
      // The new worker tells of other tabs anew.
      const { elsewhere } = initialState;
      return { ...state, alert: notice.error, environment: null, engineDown: false, silentMs: null, elsewhere };
    }
    case 'unusable':
      return { ...state, alert: notice.error, environment: null, engineDown: true, silentMs: null };
    case 'silent':
      return { ...state, silentMs: notice.silentMs };
    case 'heard':
      return { ...state, silentMs: null };
    case 'owned-elsewhere':
      return { ...state, elsewhere: { ...state.elsewhere, owned: notice.names } };
    case 'elsewhere':
      return withNews(state, notice.news);
    case 'log':
      return state;
  }
}

/** What another tab tells of its jobs. It never changes what is open here, but for the record of the very run that is shown. */
function withNews(state: LabState, news: HeardNews): LabState {
  if (news.kind === 'run') return withWatched(state, news.record);
  const others = state.elsewhere.jobs.filter(({ id }) => id !== news.id);
  const jobs = news.kind === 'ended' ? others : [...others, { id: news.id, progress: news.progress }];
  return { ...state, elsewhere: { ...state.elsewhere, jobs } };
}

function withWatched(state: LabState, record: RunRecord): LabState {
  const shown = state.record?.id === record.id ? record : state.record;
  return { ...withRecord(state, record), record: shown };
}
