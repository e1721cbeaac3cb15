import { beforeEach, describe, expect, it } from 'vitest';
import type { FileStore } from '../artifacts/fileStore';
import { createMemoryFileStore } from '../artifacts/memoryFileStore';
import type { Predictions } from '../fairness/predictions/predictions';
import { runId } from '../foundation/ids';
import { openPredictionShelf, type PredictionShelf, predictionsFolder } from './predictionArchive';

const run = runId('tiny');
const ofRound = { split: 'test', round: { arm: 'random', round: 2 } } as const;
/** Three samples, two classes, two attributes: one of two groups, one of three. */
const predictions: Predictions = {
  classNames: ['naevus', 'melanoma'],
  labels: Int32Array.of(0, 1, 1),
  attributes: [
    { name: 'sex', groupNames: ['women', 'men'], groups: Int32Array.of(1, 0, 1) },
    { name: 'site', groupNames: ['arm', 'back', 'leg'], groups: Int32Array.of(2, 0, 1) },
  ],
  clusters: ['Zoë', '', 'Zoë'],
  predicted: Int32Array.of(0, 0, 1),
  scores: { kind: 'logits', values: Float32Array.of(1.5, -0.25, 3, 0.1, -1, Number.NaN) },
};

let store: FileStore;
let shelf: PredictionShelf;
beforeEach(() => {
  store = createMemoryFileStore();
  shelf = openPredictionShelf(store, run);
});

describe('predictions of a run', () => {
  it('come back as they were kept, to the bit', async () => {
    await shelf.keep(ofRound, predictions);
    expect(await shelf.read(ofRound)).toEqual(predictions);
  });

  it('keep probabilities in float64, and do without scores and clusters', async () => {
    const scores = { kind: 'probabilities', values: Float64Array.of(0.1, 0.9, 0.3, 0.7, 1 / 3, 2 / 3) } as const;
    await shelf.keep(ofRound, { ...predictions, scores });
    expect((await shelf.read(ofRound))!.scores).toEqual(scores);
    await shelf.keep(ofRound, { ...predictions, scores: null, clusters: null });
    expect(await shelf.read(ofRound)).toEqual({ ...predictions, scores: null, clusters: null });
  });

  it('are kept for each model and split apart; those of a round go together', async () => {
    const others = [
      { ...ofRound, split: 'validation' },
      { split: 'test', round: null },
      { split: 'test', round: { arm: 'random', round: 1 } },
    ] as const;
    expect(await shelf.read(ofRound)).toBeNull();
    for (const name of [ofRound, ...others]) await shelf.keep(name, predictions);
    await shelf.forget(ofRound.round);
    const left = await Promise.all([ofRound, ...others].map((name) => shelf.read(name)));
    expect(left.map((found) => found !== null)).toEqual([false, false, true, true]);
  });

  it('count as missing when a bit has flipped, and can be kept again', async () => {
    await shelf.keep(ofRound, predictions);
    const [folder] = await store.list(predictionsFolder(run));
    for (const name of await store.list(`${predictionsFolder(run)}/${folder}`)) {
      const path = `${predictionsFolder(run)}/${folder}/${name}`;
      const bytes = (await store.read(path))!;
      await store.write(path, bytes.with(bytes.length >> 1, bytes[bytes.length >> 1]! ^ 1));
      expect(await shelf.read(ofRound)).toBeNull();
      await shelf.keep(ofRound, predictions);
      expect(await shelf.read(ofRound)).toEqual(predictions);
    }
  });
});
