import { expect, it } from 'vitest';
import { fakeDataset } from '../app/testing/fakeData';
import type { DatasetManifest } from '../dataset/dataset';
import { defaultTraining } from '../training/trainSettings';
import { completeConfig } from './completeConfig';
import { parseLabConfig } from './labConfig';

const parse = (config: object) => parseLabConfig(JSON.stringify(config), 'config.json');
const tally = { total: 9, used: 9, leftOut: [] };
const plan = {
  join: { table: 't.csv', imageColumns: ['image'], joins: [] },
  mapping: {
    version: 1 as const,
    format: null,
    label: { columns: ['label'], merge: {}, minClassSize: 1 },
    group: {
      column: 'sex',
      rule: { kind: 'values' as const, group0: ['f'], group1: ['m'] },
      names: ['f', 'm'] as [string, string],
      missing: 'exclude' as const,
    },
    clusterColumn: null,
    givenSplit: null,
    answers: { 'spelling:sex': 'f=F' },
  },
  split: { trainRatio: 0.5, validationRatio: 0.25, testRatio: 0.25, seed: 4 },
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
