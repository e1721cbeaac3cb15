import { describe, expect, it } from 'vitest';
import type { DatasetMapping } from '../../../../dataset/mapping/datasetMapping';
import { testMapping as mapping } from '../../../../testing/dataset/testRecords';
import { mappingProblem } from './mappingProblem';

const join = { table: 'labels.csv', imageColumns: ['file'], joins: [] };
const group = (change: Partial<DatasetMapping['group']>) => ({ group: { ...mapping.group, ...change } });

describe('what keeps a mapping from being used', () => {
  it('is nothing when every column and both groups are chosen', () => {
    expect(mappingProblem({ join, mapping })).toBeNull();
  });

  it('is the image column that is still to be chosen', () => {
    expect(mappingProblem({ join: { ...join, imageColumns: [''] }, mapping })).toMatch(/image/);
  });

  it.each<[Partial<DatasetMapping>, RegExp]>([
    [{ label: { ...mapping.label, columns: [''] } }, /label/],
    [group({ column: '' }), /groups/],
    [group({ column: 'dx' }), /same column/],
    [group({ rule: { kind: 'values', group0: [], group1: ['male'] } }), /group 0/],
    [group({ rule: { kind: 'values', group0: ['female'], group1: [] } }), /group 1/],
  ])('names what is missing: %j', (change, text) => {
    expect(mappingProblem({ join, mapping: { ...mapping, ...change } })).toMatch(text);
  });

  it('is nothing where unknown stands against known, or a cut makes both groups', () => {
    const empty = { kind: 'values' as const, group0: [], group1: [] };
    expect(
      mappingProblem({ join, mapping: { ...mapping, ...group({ rule: empty, missing: 'own-group' }) } }),
    ).toBeNull();
    expect(
      mappingProblem({ join, mapping: { ...mapping, ...group({ rule: { kind: 'cut', from: 60, above: 0 } }) } }),
    ).toBeNull();
  });
});
