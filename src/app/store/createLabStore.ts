import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EngineNotice, JobHandle, LabEngine } from '../../engine/labEngine';
import type { JobName } from '../../engine/protocol/jobMap';
import { toErrorData } from '../../foundation/labError';
import { applyEvent } from './applyEvent';
import { createLabActions, type LabActions } from './createLabActions';
import type { DoneEvent, LabEvent } from './labEvent';
import { initialState, type LabState, type StageName } from './labState';
import type { RunStage, StageControl } from './runStage';

export type LabStore = StoreApi<LabState & { actions: LabActions }>;

/** The page's state on one engine: commands go down to it, its events come up through {@link applyEvent}. */
export function createLabStore(engine: LabEngine): LabStore {
  const handles = new Map<StageName, Pick<JobHandle<JobName>, 'id' | 'cancel' | 'pause' | 'resume' | 'finishNow'>>();

  const store: LabStore = createStore(() => {
    const send = (event: LabEvent) => store.setState((state) => applyEvent(state, event));

    const runStage: RunStage = async (stage, job, params, ...[outcome]) => {
      const handle: JobHandle<typeof job> = engine.start(job, params, {
        progress: (progress) => send({ kind: 'progress', stage, jobId: handle.id, progress }),
        partial(value) {
          const event = outcome?.partial?.(value, handle.id);
          if (event) send(event);
        },
      });
      const jobId = handle.id;
      handles.set(stage, handle);
      send({ kind: 'started', stage, jobId });
      try {
        const result = await handle.result;
        send({ kind: 'done', stage, jobId, result: outcome?.keep ? outcome.keep(result) : result } as DoneEvent);
        return result;
      } catch (thrown) {
        const error = toErrorData(thrown);
        if (error.code === 'cancelled') send({ kind: 'cancelled', stage, jobId });
        else send({ kind: 'failed', stage, jobId, error });
        return null;
      } finally {
        if (handles.get(stage) === handle) handles.delete(stage);
      }
    };

    const setPaused = (stage: StageName, paused: boolean) => {
      const handle = handles.get(stage);
      if (!handle) return;
      if (paused) handle.pause();
      else handle.resume();
      send({ kind: 'paused', stage, jobId: handle.id, paused });
    };

    const control: StageControl = {
      cancel: (stage) => handles.get(stage)?.cancel(),
      pause: (stage) => setPaused(stage, true),
      resume: (stage) => setPaused(stage, false),
      finishNow(stage) {
        handles.get(stage)?.finishNow();
        setPaused(stage, false);
      },
    };

    const actions = createLabActions({
      engine,
      send,
      runStage,
      control,
      read: () => store.getState(),
      write: (change) => store.setState((state) => change(state)),
    });
    return { ...initialState, actions };
  });

  engine.subscribe((notice) => {
    const isOver = hasEndedElsewhere(notice, store.getState());
    store.setState((state) => applyEvent(state, { kind: 'notice', notice }));
    if (isOver) void store.getState().actions.readInventory();
  });
  return store;
}

/** Whether another tab is done with something, so that other things may be stored now. */
function hasEndedElsewhere(notice: EngineNotice, { elsewhere }: LabState): boolean {
  if (notice.kind === 'owned-elsewhere') return elsewhere.owned.some((name) => !notice.names.includes(name));
  return notice.kind === 'elsewhere' && notice.news.kind === 'ended';
}
