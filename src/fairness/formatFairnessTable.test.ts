import { marked, type Tokens } from 'marked';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { hostileNames } from '../testing/hostileNames';
import { reportOf } from '../testing/reportOf';
import { formatFairnessTable, tableFormats } from './formatFairnessTable';
import { formatSignificant } from './formatSignificant';
import type { PaperTable, TableBootstrap } from './paperTableSchema';
import { tableRows } from './tableRows';

// Group 0: two samples of each class, one of class 0 wrong. Group 1: all right.
const report = reportOf({
  labels: [0, 0, 1, 1, 0, 1],
  predicted: [0, 1, 1, 1, 0, 1],
  groups: [0, 0, 0, 0, 1, 1],
  classCount: 2,
});
const interval = { low: -0.0123456, high: 0.5 };
const bootstrap: TableBootstrap = {
  replicates: 1000,
  level: 0.95,
  unit: 'group × class',
  intervals: {
    f1Avg: { low: 0.8, high: 0.9 },
    f1Diff: { low: 0.1, high: 0.4 },
    accuracyAvg: interval,
    accuracyDiff: interval,
    eopp0: { low: 0, high: 0.5 },
    eopp1: { low: 0.125, high: 0.375 },
    eodd: { low: 0.1, high: 0.4 },
  },
  fate: { eopp0: interval, eopp1: null, eodd: interval },
};
const floorOf = (q95: number, aboveFloor: boolean) => ({ observed: 0.25, mean: 0.1, q05: 0, q95, aboveFloor });
const noiseFloor: PaperTable['noiseFloor'] = {
  permutations: 1000,
  byCriterion: { eopp0: floorOf(0.3, false), eopp1: floorOf(0.2, true), eodd: floorOf(0.25, false) },
};
const names: [string, string] = ['dark', 'light'];
const plain: PaperTable = { report, fate: null, bootstrap: null, noiseFloor: null };
const full: PaperTable = { ...plain, bootstrap, noiseFloor, fate: { eopp0: -1.25, eopp1: null, eodd: 0 } };

describe('formatFairnessTable', () => {
  // By hand: precision of group 0 is (1 + 2/3) / 2, recall (1/2 + 1) / 2, F1 (2/3 + 4/5) / 2.
  it('writes a baseline as plain text, without empty columns', () => {
    expect(formatFairnessTable(tableRows(plain, names), 'text')).toBe(
      [
        '            dark  light    Avg   Diff',
        'Precision  0.833   1.00  0.917  0.167',
        'Recall     0.750   1.00  0.875  0.250',
        'F1         0.733   1.00  0.867  0.267',
        'N              4      2',
        '',
        '       Value',
        'Eopp0  0.250',
        'Eopp1  0.250',
        'Eodd   0.250',
        '',
      ].join('\n'),
    );
  });

  it('writes intervals, noise floor and FATE as Markdown, with a true minus and undefined named as such', () => {
    expect(formatFairnessTable(tableRows(full, names), 'markdown', 2)).toBe(
      [
        '|  | dark | light | Avg | Diff |',
        '| :-- | --: | --: | --: | --: |',
        '| Precision | 0.83 | 1.0 | 0.92 | 0.17 |',
        '| Recall | 0.75 | 1.0 | 0.88 | 0.25 |',
        '| F1 | 0.73 | 1.0 | 0.87 [0.80, 0.90] | 0.27 [0.10, 0.40] |',
        '| N | 4 | 2 |  |  |',
        '',
        '|  | Value | 95 % interval | Noise floor | FATE | FATE 95 % interval |',
        '| :-- | --: | --: | --: | --: | --: |',
        '| Eopp0 | 0.25 | [0, 0.50] | 0.30 (not above) | −1.3 | [−0.012, 0.50] |',
        '| Eopp1 | 0.25 | [0.13, 0.38] | 0.20 (above) | undefined | undefined |',
        '| Eodd | 0.25 | [0.10, 0.40] | 0.25 (not above) | 0 | [−0.012, 0.50] |',
        '',
      ].join('\n'),
    );
  });

  it('writes LaTeX with booktabs, math minus and escaped per cent signs', () => {
    const text = formatFairnessTable(tableRows(full, names), 'latex');
    expect(text).toContain('\\begin{tabular}{lrrrr}\n\\toprule\n & dark & light & Avg & Diff \\\\\n\\midrule\n');
    expect(text).toContain('95 \\% interval');
    expect(text).toContain('Eopp0 & 0.250 & [0, 0.500] & 0.300 (not above) & $-$1.25 & [$-$0.0123, 0.500] \\\\');
    expect(text).not.toContain('−');
  });

  it('writes CSV in full precision with ASCII minus, empty where there is no value', () => {
    const { data } = Papa.parse<Record<string, string>>(formatFairnessTable(tableRows(full, names), 'csv'), {
      header: true,
      skipEmptyLines: true,
    });
    const rows = new Map(data.map((row) => [row['Row'], row]));
    expect([...rows.keys()]).toEqual(['Precision', 'Recall', 'F1', 'Eopp0', 'Eopp1', 'Eodd', 'N']);
    expect(Number(rows.get('F1')?.['Group 0: dark'])).toBe(report.groups[0].f1);
    expect(rows.get('F1')).toMatchObject({
      'Group 1: light': '1',
      'Diff low': '0.1',
      'Avg high': '0.9',
      Value: '',
      Level: '0.95',
    });
    expect(rows.get('Precision')).toMatchObject({ 'Avg low': '', Level: '' });
    expect(rows.get('Eopp0')).toMatchObject({
      'Group 0: dark': '',
      Value: '0.25',
      FATE: '-1.25',
      'FATE low': '-0.0123456',
      'Noise floor q95': '0.3',
      'Above noise floor': 'false',
      Level: '0.95',
    });
    expect(rows.get('Eopp1')).toMatchObject({ FATE: '', 'FATE low': '', 'FATE high': '' });
    expect(rows.get('N')).toMatchObject({ 'Group 0: dark': '4', 'Group 1: light': '2' });
  });

  it('leaves FATE intervals out when the bootstrap had no baseline', () => {
    const text = formatFairnessTable(tableRows({ ...full, bootstrap: { ...bootstrap, fate: null } }, names), 'text');
    expect(text).toContain('FATE');
    expect(text).not.toContain('FATE 95');
  });

  it.each(hostileNames)('a group that is called %j is one column in every format', (name) => {
    const table = tableRows(plain, [name, 'b']);
    const groups = marked.lexer(formatFairnessTable(table, 'markdown'))[0] as Tokens.Table;
    expect(groups.header).toHaveLength(5);
    const kinds = groups.header.flatMap(({ tokens }) => tokens.map(({ type }) => type));
    expect(kinds.filter((kind) => kind !== 'text' && kind !== 'escape')).toEqual([]);
    const [header, ...rows] = Papa.parse<string[]>(formatFairnessTable(table, 'csv').trimEnd()).data;
    expect(header!.slice(1, 3)).toEqual([`Group 0: ${name}`, 'Group 1: b']);
    expect(rows.every((row) => row.length === header!.length)).toBe(true);
    const lines = formatFairnessTable(table, 'latex').split('\n');
    const head = lines[lines.indexOf('\\toprule') + 1]!;
    expect(head.match(/(?<!\\)&/g)).toHaveLength(4);
    expect(head).toMatch(/ \\\\$/);
  });

  it('lets no group name break the table', () => {
    const groupNames: [string, string] = ['=1+1', 'I|II_a & 50%\n"x"'];
    const table = tableRows(plain, groupNames);
    expect(formatFairnessTable(table, 'markdown')).toContain('| =1+1 | I\\|II\\_a & 50% "x" |');
    expect(formatFairnessTable(table, 'text').split('\n')[0]).toMatch(/=1\+1 {2}I\|II_a & 50% "x" /);
    expect(formatFairnessTable(table, 'latex')).toContain('I|II\\_a \\& 50\\%');
    const csv = Papa.parse<string[]>(formatFairnessTable(table, 'csv'));
    expect(csv.data[0]?.slice(1, 3)).toEqual(['Group 0: =1+1', 'Group 1: I|II_a & 50%\n"x"']);
  });

  it('ends every format with a line end', () => {
    for (const format of tableFormats) expect(formatFairnessTable(tableRows(full, names), format)).toMatch(/[^\n]\n$/);
  });
});

describe('formatSignificant', () => {
  it.each([
    [0.07697, '0.0770'],
    [0, '0'],
    [-0, '0'],
    [5.55e-17, '0'],
    [-0.5, '−0.500'],
    [12.345, '12.3'],
    [999.6, '1000'],
    [-1234.5, '−1235'],
    [0.00000012, '1.20e−7'],
  ])('writes %d as %s', (value, text) => {
    expect(formatSignificant(value, 3)).toBe(text);
  });
});
