import type { NewManifest } from '../../dataset/stored/storeDataset';

/** A made-up manifest for tests: n samples, two classes that take turns, the first half of them of group 0. */
export function makeTestFields(count: number, imageSize: number): NewManifest {
  const each = <T>(value: (index: number) => T) => Array.from({ length: count }, (_, index) => value(index));
  return {
    name: 'made up',
    source: { kind: 'import', files: ['made-up.zip'] },
    imageSize,
    classNames: ['a', 'b'],
    groupNames: ['left', 'right'],
    sensitiveAttribute: 'side',
    samples: {
      names: each((index) => `sample-${index}`),
      labels: each((index) => index % 2),
      groups: each((index) => (index < count / 2 ? 0 : 1)),
      splits: each((index) => index % 3),
      clusters: null,
    },
    findings: [],
    mapping: null,
  };
}
