import { expect, it } from 'vitest';
import { fakeDataset } from '../app/testing/fakeData';
import type { ImportPlan } from '../dataset/mapping/parseMapping';
import type { DatasetManifest } from '../dataset/stored/dataset';
import { defaultTraining } from '../training/trainSettings';
import { completeConfig } from './completeConfig';
import { parseLabConfig } from './labConfig';
import { samplePlan } from './testing/samplePlan';

const parse = (config: object) => parseLabConfig(JSON.stringify(config), 'config.json');
const tally = { total: 9, used: 9, leftOut: [] };
const plan: ImportPlan = {
  ...samplePlan,
  mapping: { ...samplePlan.mapping, answers: { 'spelling:sex': 'f=F' } },
};
const imported: DatasetManifest = {
  ...fakeDataset(),
  source: { kind: 'import', files: ['t.csv'] },
  imageSize: 96,
  mapping: { ...plan, rows: tally, images: tally, unknownGroupCount: 0 },
};

it('of an import it has join, mapping, split and fit, and for a model that is trained the image size', () => {
  const complete = completeConfig(parse({ model: { architecture: 'small-cnn' } }), imported);
  expect(complete.data).toEqual({ ...plan, imageFit: { kind: 'squeeze' }, imageSize: 96 });
  expect(complete.model).toMatchObject({ architecture: 'small-cnn', seed: 1, training: defaultTraining });
});

it('beside a model that is ready it has no image size, which would be refused', () => {
  const padded = { ...imported, imageFit: { kind: 'pad' as const, fill: 20 } };
  const complete = completeConfig(parse({ model: { file: 'net.zip', assume: 'usual' } }), padded);
  expect(complete.data).toEqual({ ...plan, imageFit: { kind: 'pad', fill: 20 } });
  expect(complete.model).toEqual({ file: 'net.zip', assume: 'usual' });
});

it('is a settings file that says the same when it is read', () => {
  const own = { architecture: { plan: [{ kind: 'convolution', filters: 4 }, { kind: 'global-average' }] } };
  for (const model of ['demo-baseline', { architecture: 'vgg11', head: 'dense' }, own]) {
    const complete = completeConfig(parse({ model }), imported);
    expect(parse(complete)).toEqual(complete);
    expect(completeConfig(parse(complete), imported)).toEqual(complete);
  }
});
