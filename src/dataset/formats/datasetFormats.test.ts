import { describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { fixtures } from '../../testing/dataset/knownSets';
import type { DatasetMapping } from '../mapping/datasetMapping';
import { previewMapping } from '../mapping/previewMapping';
import { defaultSplitSettings } from '../split/splitSettings';
import { inspectFiles } from '../suggest/inspectFiles';
import { toGroup, toLabel } from '../suggest/suggestMapping';
import { joinTables } from '../tables/joinTables';

async function open(name: keyof typeof fixtures) {
  const { read, summary } = await inspectFiles(fixtures[name], createSilentContext());
  const { join, mapping } = summary.suggestion!;
  const records = joinTables(read.tables, join, read.images);
  const preview = (change: Partial<DatasetMapping> = {}) =>
    previewMapping(records, { ...mapping, ...change }, defaultSplitSettings, { withSamples: true });
  return { summary, join, mapping, preview };
}

/** Samples of each group, and what was left out. */
function outcome({ samples, images }: ReturnType<Awaited<ReturnType<typeof open>>['preview']>) {
  const inGroup = (group: number) => samples!.groups.filter((value) => value === group).length;
  return {
    classes: samples!.classNames,
    groups: [inGroup(0), inGroup(1)],
    leftOut: Object.fromEntries(images.leftOut.map(({ kind, count }) => [kind, count])),
  };
}

describe('known sets are recognised by their headers and mapped', () => {
  it('Fitzpatrick17k: three partitions by scale, or another label and the other annotators', async () => {
    const { summary, join, mapping, preview } = await open('fitzpatrick17k');
    expect(summary.format?.name).toBe('Fitzpatrick17k');
    expect(join).toEqual({ table: 'fitzpatrick17k.csv', imageColumns: ['md5hash'], joins: [] });
    // 24 rows, the first unknown; index 1 … 23: type (index % 6) + 1. Types 4 to 6: 3, 4, 5 of each six.
    expect(outcome(preview())).toEqual({
      classes: ['benign', 'malignant', 'non-neoplastic'],
      groups: [12, 11],
      leftOut: { 'group-missing': 1 },
    });
    const [, nine] = summary.format!.labels;
    const [, centaur] = summary.format!.groups;
    expect(centaur?.annotator).toBe('Centaur Labs');
    expect(outcome(preview({ label: toLabel(nine!), group: toGroup(centaur!) }))).toEqual({
      classes: ['benign dermal', 'inflammatory', 'malignant melanoma'],
      groups: [12, 12],
      leftOut: {},
    });
    expect(mapping.clusterColumn).toBeNull();
  });

  it("the authors' derived table: integer labels, the same skin types", async () => {
    const { summary, preview } = await open('derivedFitzpatrick');
    expect(summary.format?.name).toContain('pruning authors');
    expect(outcome(preview())).toEqual({
      classes: ['0', '1', '2', '3'],
      groups: [12, 11],
      leftOut: { 'group-missing': 1 },
    });
  });

  it('ISIC 2019: truth and metadata are joined on the image, the lesion stays together', async () => {
    const { summary, join, mapping, preview } = await open('isic2019');
    expect(summary.format?.name).toBe('ISIC 2019');
    expect(join).toEqual({
      table: 'ISIC_2019_Training_GroundTruth.csv',
      imageColumns: ['image'],
      joins: [{ table: 'ISIC_2019_Training_Metadata.csv', column: 'image', to: null }],
    });
    expect(mapping.clusterColumn).toBe('lesion_id');
    // Sexes in turns of male, female, male, blank: 6 female, 12 male, 6 blank.
    expect(outcome(preview())).toEqual({
      classes: ['BCC', 'MEL', 'NV'],
      groups: [6, 12],
      leftOut: { 'group-missing': 6 },
    });
    const { splits, clusters } = preview().samples!;
    const sides = new Map<string, Set<number>>();
    for (const [i, cluster] of clusters!.entries())
      sides.set(cluster, (sides.get(cluster) ?? new Set()).add(splits[i]!));
    expect([...sides.values()].every(({ size }) => size === 1)).toBe(true);
    expect(outcome(preview({ group: toGroup(summary.format!.groups[1]!) }))).toMatchObject({ groups: [8, 16] });
  });

  it('ISIC 2019 in one merged file, with 1 instead of 1.0', async () => {
    const { summary, join, preview } = await open('isicMerged');
    expect(summary.format?.name).toBe('ISIC 2019');
    expect(join.joins).toEqual([]);
    expect(outcome(preview())).toEqual({ classes: ['MEL', 'NV'], groups: [12, 12], leftOut: {} });
  });

  it('a table with coded sex asks for confirmation and does not claim to know the codes', async () => {
    const { summary, mapping, preview } = await open('isicSexTable');
    expect(summary.format?.confirm).toMatch(/which sex 0 and 1/);
    expect(mapping.group.names).toEqual(['code 0', 'code 1']);
    expect(outcome(preview())).toEqual({ classes: ['0', '1', '2', '3'], groups: [12, 12], leftOut: {} });
  });

  it('HAM10000: rows that repeat an image are counted and the image is used once', async () => {
    const { summary, preview } = await open('ham10000');
    expect(summary.format?.name).toBe('HAM10000');
    expect(outcome(preview())).toEqual({
      classes: ['bkl', 'mel', 'nv'],
      groups: [10, 5],
      leftOut: { 'group-missing': 5 },
    });
    expect(preview().rows).toEqual({ total: 24, used: 20, leftOut: [{ kind: 'duplicate-row', count: 4 }] });
  });

  it('PAD-UFES-20: images in three folders, skin types with decimals and blanks, patients together', async () => {
    const { summary, mapping, preview } = await open('padUfes20');
    expect(summary.format?.name).toBe('PAD-UFES-20');
    expect(mapping).toMatchObject({ clusterColumn: 'patient_id', group: { column: 'fitspatrick' } });
    // Index 4 … 23: type (index % 6) + 1; 4 to 6 for index % 6 of 3, 4, 5: 11 of them.
    expect(outcome(preview())).toEqual({
      classes: ['ACK', 'BCC', 'NEV'],
      groups: [11, 9],
      leftOut: { 'group-missing': 4 },
    });
    expect(outcome(preview({ group: toGroup(summary.format!.groups[1]!) }))).toMatchObject({ groups: [12, 12] });
  });

  it('DDI as a spreadsheet saved it: semicolons, CRLF and TRUE', async () => {
    const { summary, preview } = await open('ddi');
    expect(summary.format?.name).toBe('DDI');
    expect(outcome(preview())).toEqual({
      classes: ['benign', 'malignant'],
      groups: [8, 8],
      leftOut: { 'value-not-mapped': 8 },
    });
  });

  it.each(['celebATxt', 'celebACsv'] as const)(
    'CelebA (%s): -1 is no, and the official split is used',
    async (name) => {
      const { summary, mapping, preview } = await open(name);
      expect(summary.format?.name).toBe('CelebA');
      expect(mapping.givenSplit?.column).toBe('partition');
      expect(outcome(preview())).toEqual({ classes: ['no Smiling', 'Smiling'], groups: [8, 16], leftOut: {} });
      expect([0, 1, 2].map((code) => preview().samples!.splits.filter((split) => split === code).length)).toEqual([
        12, 6, 6,
      ]);
      expect(summary.ignoredFiles).toEqual(name === 'celebATxt' ? ['README.txt'] : []);
    },
  );

  it('FairFace: two label files make one table with their split, images of one name told apart by folder', async () => {
    const { summary, mapping, preview } = await open('fairFace');
    expect(summary.format?.name).toBe('FairFace');
    expect(summary.tables[0]).toMatchObject({ rowCount: 24 });
    expect(mapping.givenSplit).toMatchObject({ column: 'split' });
    const { samples } = preview();
    // Male, Male, Female, Female …; White every third.
    expect(outcome(preview())).toEqual({ classes: ['Female', 'Male'], groups: [15, 9], leftOut: {} });
    expect(samples!.splits.filter((split) => split === 1)).toHaveLength(8);
  });

  it('UTKFace: everything from the names; names that lack a field are left out and counted', async () => {
    const { summary, preview } = await open('utkFace');
    expect(summary.format?.name).toBe('UTKFace');
    // Ages 4 × index for index 2 … 23: 8 to 92. White where index % 5 is 0: 5, 10, 15, 20.
    expect(outcome(preview())).toEqual({
      classes: ['0-19', '20-39', '40-59', '60-79', '80+'],
      groups: [18, 4],
      leftOut: { 'image-without-row': 2 },
    });
    expect(preview().findings.find(({ kind }) => kind === 'image-without-row')?.examples[0]).toContain('/0_0_20170110');
  });

  it('SCIN: several images a case, labels joined on the case, the heaviest condition', async () => {
    const { summary, join, mapping, preview } = await open('scin');
    expect(summary.format?.name).toBe('SCIN');
    expect(join).toEqual({
      table: 'scin_cases.csv',
      imageColumns: ['image_1_path', 'image_2_path', 'image_3_path'],
      joins: [{ table: 'scin_labels.csv', column: 'case_id', to: 'case_id' }],
    });
    expect(mapping.clusterColumn).toBe('case_id');
    // Cases 1 … 10 have a type and a heaviest condition: case 0 has no type, case 11 no condition.
    expect(outcome(preview())).toEqual({
      classes: ['Eczema', 'Psoriasis'],
      groups: [10, 10],
      leftOut: { 'label-missing': 2, 'group-missing': 2 },
    });
    expect(summary.format?.groups.map(({ annotator }) => annotator)).toEqual([
      'self-report',
      'dermatologist 1',
      undefined,
    ]);
  });

  it('MILK10k: the truth of a lesion goes to both of its images', async () => {
    const { summary, join, preview } = await open('milk10k');
    expect(summary.format?.name).toBe('MILK10k');
    expect(join.table).toBe('MILK10k_Training_Metadata.csv');
    expect(join.joins).toContainEqual({
      table: 'MILK10k_Training_GroundTruth.csv',
      column: 'lesion_id',
      to: 'lesion_id',
    });
    expect(outcome(preview())).toEqual({ classes: ['BCC', 'NV'], groups: [12, 12], leftOut: {} });
  });

  it('folders alone: the class is the innermost, a train and a test folder make the split', async () => {
    const { summary, mapping, preview } = await open('folders');
    expect(summary.format).toBeNull();
    expect(mapping.label.columns).toEqual(['folder']);
    expect(mapping.givenSplit).toEqual({ column: 'folder 2', values: { train: 'train', test: 'test' } });
    expect(mapping.group.column).toBe('');
    expect(preview().problem).toMatchObject({ code: 'column-missing' });
  });
});
