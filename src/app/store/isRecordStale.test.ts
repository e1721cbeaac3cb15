import { expect, it } from 'vitest';
import { defaultDemoSettings } from '../../dataset/stored/dataset';
import { modelId } from '../../foundation/ids';
import { parseRunRecord } from '../../recipe/parseRunRecord';
import { fakeDataset, fakeModel, fakeRecord } from '../testing/fakeData';
import { applyEvent } from './applyEvent';
import { isRecordStale } from './isRecordStale';
import { initialState, type LabState } from './labState';

const record = fakeRecord();
const opened = [
  { kind: 'opened', stage: 'data', result: fakeDataset() } as const,
  { kind: 'opened', stage: 'model', result: fakeModel() } as const,
  { kind: 'record-chosen', record } as const,
].reduce<LabState>(applyEvent, initialState);
const withRun = (change: Partial<LabState['settings']['run']>): LabState => ({
  ...opened,
  settings: { ...opened.settings, run: { ...opened.settings.run, ...change } },
});

it('a run of the data, model and settings that are open is fresh, also when its record comes from a file', () => {
  expect(isRecordStale(opened)).toBe(false);
  expect(isRecordStale({ ...opened, record: parseRunRecord(JSON.stringify(record)) })).toBe(false);
});

it('naming the layer that the model has by default changes nothing', () => {
  expect(isRecordStale(withRun({ layer: 'conv3' }))).toBe(false);
  expect(isRecordStale(withRun({ layer: 'conv2' }))).toBe(true);
});

it('other settings, another model or other data make it stale', () => {
  expect(isRecordStale(withRun({ seed: 2 }))).toBe(true);
  const other = { ...fakeModel(), id: modelId('other') };
  expect(isRecordStale(applyEvent(opened, { kind: 'opened', stage: 'model', result: other }))).toBe(true);
  const data = fakeDataset({ ...defaultDemoSettings, bias: 0 });
  expect(isRecordStale(applyEvent(opened, { kind: 'opened', stage: 'data', result: data }))).toBe(true);
});

it('a job that was started and cancelled since does not', () => {
  const cancelled = [
    { kind: 'started', stage: 'prune', jobId: 'a' } as const,
    { kind: 'cancelled', stage: 'prune', jobId: 'a' } as const,
  ].reduce<LabState>(applyEvent, opened);
  expect(isRecordStale(cancelled)).toBe(false);
});

it('a record that was loaded before anything else is not', () => {
  expect(isRecordStale({ ...initialState, record })).toBe(false);
});
