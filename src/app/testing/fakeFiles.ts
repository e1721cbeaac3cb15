import type { MappingPreview } from '../../dataset/mapping/mappedSamples';
import type { FilesSummary } from '../../dataset/suggest/filesSummary';
import type { ColumnSummary } from '../../dataset/tables/tableSummary';
import type { LabFile } from '../../engine/protocol/jobMap';

function fakeColumns(): ColumnSummary[] {
  const column = (name: string, values: string[]) => ({
    name,
    distinctCount: values.length,
    missingCount: 0,
    values: values.map((value, index) => ({ value, count: 400 - 50 * index })),
    range: name === 'fitzpatrick' ? { least: 1, most: 6 } : null,
  });
  return [
    column('image', ['0001.jpg', '0002.jpg']),
    column('diagnosis', ['naevus', 'melanoma']),
    column('fitzpatrick', ['1', '2', '3', '4', '5', '6']),
    column('patient', ['p1', 'p2']),
  ];
}

/** What a mapping makes of the made-up files. */
export function fakePreview(): MappingPreview {
  const images = { total: 1800, used: 1750, leftOut: [{ kind: 'group-missing' as const, count: 50 }] };
  const cells = (count: number) => [
    [count, 2 * count],
    [count, count],
  ];
  return {
    columns: fakeColumns(),
    rows: { total: 1800, used: 1800, leftOut: [] },
    images,
    classNames: ['melanoma', 'naevus'],
    groupNames: ['dark skin', 'light skin'],
    counts: [cells(210), cells(70), cells(70)],
    unknownGroupCount: 50,

    answered: [],
    findings: [],
    problem: null,
    samples: null,
  };
}

/** What the made-up files hold. */
export function fakeSummary(files: LabFile[]): FilesSummary {
  const file = files[0]?.path ?? 'labels.csv';
  return {
    imageCount: 1800,
    imageExamples: ['images/0001.jpg', 'images/0002.jpg'],
    tables: [{ file, rowCount: 1800, columns: fakeColumns() }],
    format: null,
    predictionTables: [],
    suggestion: {
      join: { table: file, imageColumns: ['image'], joins: [] },
      mapping: {
        version: 1,
        format: null,
        label: { columns: ['diagnosis'], merge: {}, minClassSize: 1 },
        group: {
          column: 'fitzpatrick',
          rule: { kind: 'values', group0: ['4', '5', '6'], group1: ['1', '2', '3'] },
          names: ['dark skin', 'light skin'],
          missing: 'exclude',
        },
        clusterColumn: 'patient',
        givenSplit: null,
      },
    },
    ignoredFiles: ['README.txt'],
    findings: [],
  };
}
