import { expect, it } from 'vitest';
import { fakeDataset, fakeModel, fakeRecord } from '../testing/fakeData';
import { applyEvent } from './applyEvent';
import type { LabEvent } from './labEvent';
import { initialState, stepNames } from './labState';
import { stepMark } from './stepMark';

function marks(...events: LabEvent[]) {
  const state = events.reduce(applyEvent, initialState);
  return stepNames.map((step) => stepMark(state, step));
}

const opened: LabEvent[] = [
  { kind: 'opened', stage: 'data', result: fakeDataset() },
  { kind: 'opened', stage: 'model', result: fakeModel() },
];

it('at first only data, model and audits in compare can be started', () => {
  expect(marks()).toEqual(['ready', 'ready', 'empty', 'empty', 'empty', 'ready', 'empty']);
});

it('with data and a model, scoring, pruning and export can be started', () => {
  expect(marks(...opened)).toEqual(['done', 'done', 'ready', 'ready', 'empty', 'ready', 'ready']);
});

it('a run fills results', () => {
  const run: LabEvent[] = [
    { kind: 'started', stage: 'prune', jobId: 'a' },
    { kind: 'done', stage: 'prune', jobId: 'a', result: fakeRecord() },
  ];
  expect(marks(...opened, ...run)).toEqual(['done', 'done', 'ready', 'done', 'done', 'ready', 'ready']);
});

it('says running and failed', () => {
  const started: LabEvent = { kind: 'started', stage: 'scores', jobId: 'a' };
  expect(marks(...opened, started)[2]).toBe('running');
  const error = { code: 'internal', message: 'x', hint: 'y' } as const;
  expect(marks(...opened, started, { kind: 'failed', stage: 'scores', jobId: 'a', error })[2]).toBe('failed');
});
