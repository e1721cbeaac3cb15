import { describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { fakeDataset, fakeEnvironment, fakeModel, fakeRecord, fakeScores } from '../testing/fakeData';
import { applyEvent } from './applyEvent';
import type { LabEvent } from './labEvent';
import { initialState, type LabState } from './labState';
import { refreshStale } from './refreshStale';
import { stepMark } from './stepMark';

const dataset = fakeDataset();
const model = fakeModel();
const progress = { stage: 'Scoring', done: 1, total: 2, unit: 'batches', fraction: 0.5, etaMs: 100, perSecond: null };
const failure = { code: 'out-of-memory', message: 'No memory left.', hint: 'Use smaller batches.' } as const;

function after(...events: LabEvent[]): LabState {
  return events.reduce(applyEvent, initialState);
}

const opened: LabEvent[] = [
  { kind: 'opened', stage: 'data', result: dataset },
  { kind: 'opened', stage: 'model', result: model },
];
const scored: LabEvent[] = [
  ...opened,
  { kind: 'started', stage: 'scores', jobId: 'a' },
  { kind: 'done', stage: 'scores', jobId: 'a', result: fakeScores() },
];
const pruned: LabEvent[] = [
  ...scored,
  { kind: 'started', stage: 'prune', jobId: 'b' },
  { kind: 'done', stage: 'prune', jobId: 'b', result: fakeRecord() },
];

describe('a stage', () => {
  it('goes from idle over running to done', () => {
    const running = after(...opened, { kind: 'started', stage: 'scores', jobId: 'a' });
    expect(running.stages.scores).toMatchObject({ status: 'running', jobId: 'a', progress: null });
    const further = applyEvent(running, { kind: 'progress', stage: 'scores', jobId: 'a', progress });
    expect(further.stages.scores).toMatchObject({ status: 'running', progress });
    expect(after(...scored).stages.scores.status).toBe('done');
  });

  it('drops every event of a job that it no longer waits for', () => {
    const running = after(
      { kind: 'started', stage: 'scores', jobId: 'old' },
      { kind: 'started', stage: 'scores', jobId: 'new' },
    );
    const late: LabEvent[] = [
      { kind: 'progress', stage: 'scores', jobId: 'old', progress },
      { kind: 'paused', stage: 'scores', jobId: 'old', paused: true },
      { kind: 'done', stage: 'scores', jobId: 'old', result: fakeScores() },
      { kind: 'failed', stage: 'scores', jobId: 'old', error: failure },
      { kind: 'cancelled', stage: 'scores', jobId: 'old' },
      {
        kind: 'epoch',
        jobId: 'old',
        epoch: { epoch: 1, learningRate: 1, trainLoss: 1, validationLoss: 1, validationAccuracy: 1 },
      },
      { kind: 'round', jobId: 'old', record: fakeRecord() },
    ];
    for (const event of late) expect(applyEvent(running, event)).toBe(running);
  });

  it('keeps its last result while and after a new one is not made', () => {
    const failed = after(
      ...scored,
      { kind: 'started', stage: 'scores', jobId: 'c' },
      { kind: 'failed', stage: 'scores', jobId: 'c', error: failure },
    );
    expect(failed.stages.scores).toEqual({ status: 'failed', error: failure, previous: fakeScores() });
    const cancelled = after(
      ...scored,
      { kind: 'started', stage: 'scores', jobId: 'c' },
      { kind: 'cancelled', stage: 'scores', jobId: 'c' },
    );
    expect(cancelled.stages.scores).toEqual({ status: 'cancelled', previous: fakeScores() });
  });
});

describe('staleness', () => {
  it('another dataset makes model, scores and run stale', () => {
    const { stages } = after(...pruned, {
      kind: 'opened',
      stage: 'data',
      result: fakeDataset({
        ...(dataset.source.kind === 'demo' ? dataset.source.settings : { bias: 0, count: 60, imageSize: 64, seed: 1 }),
        bias: 0.1,
      }),
    });
    expect([stages.data.status, stages.model.status, stages.scores.status, stages.prune.status]).toEqual([
      'done',
      'stale',
      'stale',
      'stale',
    ]);
  });

  it('another model leaves the data alone', () => {
    const { stages } = after(...pruned, { kind: 'opened', stage: 'model', result: { ...model, id: modelId('other') } });
    expect([stages.data.status, stages.model.status, stages.scores.status, stages.prune.status]).toEqual([
      'done',
      'done',
      'stale',
      'stale',
    ]);
  });

  it('another share to prune makes the run stale and leaves the scores alone, until it is set back', () => {
    const before = after(...pruned);
    const { run } = before.settings;
    const withRatio = (ratio: number) =>
      refreshStale({
        ...before,
        settings: { ...before.settings, run: { ...run, pruning: { ...run.pruning, ratio } } },
      });
    expect([withRatio(0.3).stages.scores.status, withRatio(0.3).stages.prune.status]).toEqual(['done', 'stale']);
    expect(withRatio(run.pruning.ratio).stages.prune.status).toBe('done');
  });

  it('a change while a job runs makes its result stale as soon as it is there', () => {
    const running = after(...opened, { kind: 'started', stage: 'scores', jobId: 'a' });
    const changed = { ...running, settings: { ...running.settings, run: { ...running.settings.run, seed: 99 } } };
    const done = applyEvent(changed, { kind: 'done', stage: 'scores', jobId: 'a', result: fakeScores() });
    expect(done.stages.scores.status).toBe('stale');
  });
});

describe('runs', () => {
  it('shows every finished round of the run under way and keeps one record of it', () => {
    const running = after(...opened, { kind: 'started', stage: 'prune', jobId: 'b' });
    const first = applyEvent(running, { kind: 'round', jobId: 'b', record: fakeRecord(undefined, 1) });
    const second = applyEvent(first, { kind: 'round', jobId: 'b', record: fakeRecord(undefined, 2) });
    expect(second.record?.arms[0]?.rounds).toHaveLength(2);
    expect(second.inventory.runs.map(({ id }) => id)).toEqual([second.record!.id]);
    expect(second.inventory.runs[0]!.arms[0]!.rounds).toHaveLength(2);
  });

  it('shows a record that was read from a file', () => {
    const state = after(
      { kind: 'started', stage: 'compare', jobId: 'd' },
      { kind: 'done', stage: 'compare', jobId: 'd', result: fakeRecord() },
    );
    expect(state.record?.id).toBe(fakeRecord().id);
  });
});

describe('notices', () => {
  it('keeps what computes, and what went wrong with it', () => {
    expect(after({ kind: 'notice', notice: { kind: 'ready', environment: fakeEnvironment } }).environment).toBe(
      fakeEnvironment,
    );
    const restarted = after({ kind: 'notice', notice: { kind: 'restarted', error: failure } });
    expect(restarted.alert).toBe(failure);
    expect(applyEvent(restarted, { kind: 'alert', error: null }).alert).toBeNull();
  });
});

describe('what a model’s files leave open', () => {
  const activation = { key: 'activation', question: 'Which activation?', choices: [{ value: 'relu', label: 'ReLU' }] };
  const open = {
    code: 'needs-answers',
    message: 'It does not say all.',
    hint: 'Say it.',
    questions: [activation],
  } as const;
  const asked: LabEvent[] = [
    { kind: 'started', stage: 'model', jobId: 'a' },
    { kind: 'failed', stage: 'model', jobId: 'a', error: { ...open, questions: [activation] } },
  ];

  it('is asked, and waits in the rail instead of failing', () => {
    const state = after(...asked);
    expect(state.asked?.questions).toEqual([activation]);
    expect(stepMark(state, 'model')).toBe('ready');
  });

  it('is not what an audit asks of its table', () => {
    const state = after(
      { kind: 'started', stage: 'audit', jobId: 'a' },
      { kind: 'failed', stage: 'audit', jobId: 'a', error: { ...open, questions: [activation] } },
    );
    expect(state.asked).toBeNull();
  });

  it('stays asked when an answer is refused, until a model is there', () => {
    const refused = after(
      ...asked,
      { kind: 'started', stage: 'model', jobId: 'b' },
      { kind: 'failed', stage: 'model', jobId: 'b', error: { ...failure, code: 'config-invalid' } },
    );
    expect(refused.asked?.questions).toEqual([activation]);
    expect(stepMark(refused, 'model')).toBe('failed');
    expect(applyEvent(refused, { kind: 'opened', stage: 'model', result: model }).asked).toBeNull();
  });

  it('is put away, and the model before is there again', () => {
    expect(after(...asked, { kind: 'questions-put-away' })).toMatchObject({
      asked: null,
      stages: { model: { status: 'idle' } },
    });
    const back = after(...opened, ...asked, { kind: 'questions-put-away' });
    expect(back).toMatchObject({ asked: null, stages: { model: { status: 'done', result: model } } });
  });
});
