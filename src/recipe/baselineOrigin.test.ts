import { expect, it } from 'vitest';
import { handMadeRecord } from '../testing/handMadeRecord';
import { defaultTraining } from '../training/trainSettings';
import type { BaselineOrigin } from './baselineOrigin';
import { formatRunRecord, parseRunRecord } from './parseRunRecord';

const use = { imageSize: 64, classCount: 5, seed: 7 };
const trained = { kind: 'trained', settings: defaultTraining, seed: 7, keptEpoch: 3 } as const;

it.each<BaselineOrigin>([
  { ...trained, architecture: { name: 'vgg11', widthMultiplier: 0.5, head: 'dense', ...use } },
  { ...trained, keptEpoch: null, architecture: { name: 'small-cnn', widthMultiplier: 1, channels: 1, ...use } },
  { kind: 'files', files: [{ name: 'net.h5', sha256: 'ab'.repeat(32) }] },
  { kind: 'demo-baseline', bias: 0.75 },
])('a record keeps where its baseline came from: $kind', (baselineOrigin) => {
  const record = { ...handMadeRecord(), baselineOrigin };
  expect(parseRunRecord(formatRunRecord(record)).baselineOrigin).toEqual(baselineOrigin);
});

it('an own architecture is kept as its plan, and a plan that is none is refused', () => {
  const text = (steps: unknown) =>
    JSON.stringify({ ...handMadeRecord(), baselineOrigin: { ...trained, architecture: { plan: steps, ...use } } });
  const steps = [{ kind: 'flatten' }];
  expect(parseRunRecord(text(steps)).baselineOrigin).toMatchObject({ architecture: { plan: steps } });
  expect(() => parseRunRecord(text([{ kind: 'teleport' }]))).toThrow(
    expect.objectContaining({ code: 'record-invalid', message: expect.stringContaining('baselineOrigin') }),
  );
});

it('a record from before says nothing of it, and opens', () => {
  expect(parseRunRecord(formatRunRecord(handMadeRecord())).baselineOrigin).toBeUndefined();
});
