import type { ModelId } from '../foundation/ids';
import { LabError, type LabErrorData } from '../foundation/labError';
import type { ArmContest, ArmRecord, Environment, RoundRecord, RunRecord, TestLook } from './runRecord';
import { chooseRound } from './stopRule';

/** An arm has finished a round: the round, and where the arm stands after it. Its model was kept before. */
export interface RoundEvent extends Pick<ArmRecord, 'stop' | 'chosenRound'> {
  kind: 'round';
  at: string;
  arm: string;
  round: RoundRecord;
}

/** How an attempt at a run has come to its end. */
export interface EndedEvent {
  kind: 'ended';
  at: string;
  status: Exclude<RunRecord['status'], 'running'>;
  error: LabErrorData | null;
  contests?: ArmContest[];
  endedEarly?: boolean;
}

/**
 * Everything that happens to a run. The journal of a run is a list of these, and a job that runs posts the same ones.
 * Times (`at`) are ISO 8601.
 */
export type RunEvent =
  /** The unpruned model has been scored and evaluated. The record has no rounds and no looks yet. */
  | { kind: 'opened'; record: RunRecord }
  | RoundEvent
  /** An interrupted run is gone on with, or what is damaged of a finished one is computed again. */
  | { kind: 'resumed'; at: string; environment: Environment }
  | EndedEvent
  | { kind: 'test-look'; look: TestLook }
  /** The models of these rounds are not kept here, on purpose: the record came from a file, or they were let go. */
  | { kind: 'models-absent'; at: string; models: ModelId[] }
  /** The model of a round was found to be damaged. */
  | { kind: 'model-damaged'; at: string; model: ModelId };

/**
 * The record after one more event. A round takes the place of an earlier one of its number, a look that of one of its time.
 *
 * @param record null before the first event, which is `opened`
 * @throws LabError `record-invalid` when the event does not follow on the record: a round without the one before it
 */
export function applyRunEvent(record: RunRecord | null, event: RunEvent): RunRecord {
  if (event.kind === 'opened') return withHeader(record, event.record);
  if (record === null) throw outOfOrder(event, 'the run has not been opened');
  switch (event.kind) {
    case 'round':
      return withRound(record, event);
    case 'resumed':
      return { ...record, status: 'running', error: null, environment: event.environment, updatedAt: event.at };
    case 'ended': {
      const { kind: _, at, ...end } = event;
      return { ...record, ...end, updatedAt: at };
    }
    case 'test-look':
      return { ...record, testLooks: inOrder([...otherLooks(record, event.look), event.look]) };
    case 'models-absent':
    case 'model-damaged':
      return record;
  }
}

/** Whether an event can be applied to a record: a round needs those before it, everything but `opened` a record. */
export function canFollow(record: RunRecord | null, event: RunEvent): boolean {
  if (event.kind === 'opened') return true;
  if (record === null) return false;
  return event.kind !== 'round' || event.round.round <= (armOf(record, event.arm)?.rounds.length ?? -1) + 1;
}

/** The events that make up a record. Applied in order they give it again. */
export function eventsOf(record: RunRecord): RunEvent[] {
  return eventsBetween(null, record);
}

/**
 * The events that lead from one record of a run to another: what is new in it. Rounds and looks of the old one that the new
 * one lacks stay.
 */
export function eventsBetween(before: RunRecord | null, after: RunRecord): RunEvent[] {
  const events: RunEvent[] = [];
  const opened = openedOf(after);
  if (!before || !isSame({ ...openedOf(before), updatedAt: '' }, { ...opened, updatedAt: '' })) {
    events.push({ kind: 'opened', record: opened });
  }
  const at = after.updatedAt;
  const mostRounds = Math.max(0, ...after.arms.map(({ rounds }) => rounds.length));
  for (let index = 0; index < mostRounds; index++) {
    for (const arm of after.arms) {
      const round = arm.rounds[index];
      const old = before && armOf(before, arm.arm)?.rounds[index];
      if (round && !(old && isSame(old, round))) events.push(roundEvent(arm, index, after, at));
    }
  }
  const known = new Set(before?.testLooks.map((look) => look.at));
  for (const look of after.testLooks) if (!known.has(look.at)) events.push({ kind: 'test-look', look });
  const end = endOf(after);
  const oldEnd = before && endOf(before);
  if (end && !(oldEnd && isSame({ ...oldEnd, at: '' }, { ...end, at: '' }))) events.push(end);
  return events;
}

/** The event of a round that a record has, with where its arm stood after it. */
function roundEvent(arm: ArmRecord, index: number, run: RunRecord, at: string): RoundEvent {
  const event = { kind: 'round', at, arm: arm.arm, round: arm.rounds[index]! } as const;
  if (index === arm.rounds.length - 1) return { ...event, stop: arm.stop, chosenRound: arm.chosenRound };
  const stop = arm.stop && arm.stop.round <= index + 1 ? arm.stop : null;
  return {
    ...event,
    stop,
    chosenRound: chooseRound(arm.rounds.slice(0, index + 1), stop, run.config.pruning.criterion),
  };
}

function openedOf({ endedEarly: _early, contests: _contests, ...record }: RunRecord): RunRecord {
  const arms = record.arms.map(({ arm }) => ({ arm, rounds: [], stop: null, chosenRound: 0 }));
  return { ...record, status: 'running', error: null, arms, testLooks: [] };
}

function endOf({ status, error, contests, endedEarly, updatedAt: at }: RunRecord): EndedEvent | null {
  if (status === 'running') return null;
  return {
    kind: 'ended',
    at,
    status,
    error,
    ...(contests && { contests }),
    ...(endedEarly !== undefined && { endedEarly }),
  };
}

/** A new beginning of a record, with the rounds, the looks and the end that there are. */
function withHeader(before: RunRecord | null, opened: RunRecord): RunRecord {
  if (!before) return opened;
  const { status, error, arms, testLooks, updatedAt, contests, endedEarly } = before;
  return {
    ...opened,
    status,
    error,
    updatedAt,
    testLooks,
    arms: opened.arms.map((arm) => arms.find((old) => old.arm === arm.arm) ?? arm),
    ...(contests && { contests }),
    ...(endedEarly !== undefined && { endedEarly }),
  };
}

function withRound(record: RunRecord, event: RoundEvent): RunRecord {
  if (!canFollow(record, event)) {
    throw outOfOrder(event, `round ${event.round.round} of "${event.arm}" comes without the one before it`);
  }
  const { arm: name, round, stop, chosenRound, at } = event;
  const arms = record.arms.map((arm) => {
    if (arm.arm !== name) return arm;
    const rounds = [...arm.rounds];
    rounds[round.round - 1] = round;
    return round.round < rounds.length ? { ...arm, rounds } : { ...arm, rounds, stop, chosenRound };
  });
  // A round that is applied late, since one before it was damaged, is older than what the record says already.
  return { ...record, arms, updatedAt: at > record.updatedAt ? at : record.updatedAt };
}

function armOf(record: RunRecord, name: string): ArmRecord | undefined {
  return record.arms.find(({ arm }) => arm === name);
}

function otherLooks({ testLooks }: RunRecord, { at }: TestLook): TestLook[] {
  return testLooks.filter((look) => look.at !== at);
}

function inOrder(looks: TestLook[]): TestLook[] {
  return looks.sort((a, b) => a.at.localeCompare(b.at));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function outOfOrder({ kind }: RunEvent, why: string): LabError {
  return new LabError({
    code: 'record-invalid',
    message: `The event "${kind}" of a run cannot be applied: ${why}.`,
    hint: 'Resume the run: what is missing is computed again.',
  });
}
