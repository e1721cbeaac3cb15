import type { ModelId } from '../foundation/ids';
import { applyRunEvent, canFollow, type RoundEvent, type RunEvent } from './runEvents';
import type { RunRecord } from './runRecord';

/** What the events of a run come to. */
export interface FoldedRun {
  /** Every arm has its rounds up to the first that is missing. Null when the event that opened the run is missing. */
  record: RunRecord | null;
  /** Rounds that are whole and stand behind one that is missing. They join the record once that is there again. */
  apart: RoundEvent[];
  /** Whether the run has come to its end at any time: then no rounds are added to it. */
  hasFinished: boolean;
  /** Models of rounds that are not kept here, on purpose. */
  absentModels: ReadonlySet<ModelId>;
  /** Models of rounds that were found to be damaged. */
  damagedModels: ReadonlySet<ModelId>;
}

const nothing: FoldedRun = {
  record: null,
  apart: [],
  hasFinished: false,
  absentModels: new Set(),
  damagedModels: new Set(),
};

/** What a run's events, as far as they are whole, come to. The last `opened` counts, wherever it stands. */
export function foldRun(events: readonly RunEvent[]): FoldedRun {
  const opened = events.findLast(({ kind }) => kind === 'opened');
  const later = events.filter(({ kind }) => kind !== 'opened');
  return (opened ? [opened, ...later] : later).reduce(addEvent, nothing);
}

/** The run after one more event. */
export function addEvent(run: FoldedRun, event: RunEvent): FoldedRun {
  const models = withModels(run, event);
  const hasFinished = run.hasFinished || (event.kind === 'ended' && event.status === 'finished');
  const next = { ...run, ...models, hasFinished };
  if (canFollow(run.record, event)) return joined({ ...next, record: applyRunEvent(run.record, event) });
  // Of other events nothing is left to apply once there is no record to apply them to.
  return event.kind === 'round' ? { ...next, apart: [...withoutRound(run.apart, event), event] } : next;
}

/** All rounds that are whole, in the record or apart. */
export function wholeRounds({ record, apart }: FoldedRun): Pick<RoundEvent, 'arm' | 'round'>[] {
  return [...(record?.arms ?? []).flatMap(({ arm, rounds }) => rounds.map((round) => ({ arm, round }))), ...apart];
}

/** Takes into the record the rounds whose turn it is. */
function joined(run: FoldedRun): FoldedRun {
  let { record, apart } = run;
  for (;;) {
    const next = apart.find((event) => canFollow(record, event));
    if (!next) return { ...run, record, apart };
    apart = apart.filter((event) => event !== next);
    record = applyRunEvent(record, next);
  }
}

function withoutRound(events: RoundEvent[], { arm, round }: RoundEvent): RoundEvent[] {
  return events.filter((event) => event.arm !== arm || event.round.round !== round.round);
}

function withModels(run: FoldedRun, event: RunEvent): Pick<FoldedRun, 'absentModels' | 'damagedModels'> {
  const absentModels = new Set(run.absentModels);
  const damagedModels = new Set(run.damagedModels);
  if (event.kind === 'models-absent') for (const id of event.models) absentModels.add(id);
  if (event.kind === 'model-damaged') damagedModels.add(event.model);
  if (event.kind === 'round') {
    absentModels.delete(event.round.modelId);
    damagedModels.delete(event.round.modelId);
  }
  return { absentModels, damagedModels };
}
