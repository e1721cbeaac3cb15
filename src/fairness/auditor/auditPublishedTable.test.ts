import { describe, expect, test } from 'vitest';
import { LabError } from '../../foundation/labError';
import golden from '../../testing/golden/paper_tables_fate.json';
import { auditPublishedTable } from './auditPublishedTable';
import { paperTables } from './paperTables';

describe("the paper's own tables", () => {
  const audit = auditPublishedTable(paperTables);
  const key = (table: string, method: string, column: string) => `${table} · ${method} · ${column}`;
  const checks = new Map(audit.checks.map((check) => [key(check.table, check.method, check.column), check]));

  test('every FATE gets the verdict, the value and the range of the known vectors', () => {
    let compared = 0;
    for (const { table, method, cells } of golden.rows) {
      for (const { metric, exact4, withinInterval, recomputed, interval } of cells) {
        const check = checks.get(key(table, method, `FATE ${metric}`))!;
        const verdict = exact4 ? 'exact' : withinInterval ? 'possible' : 'impossible';
        expect({ where: key(table, method, metric), verdict: check.verdict }).toEqual({
          where: key(table, method, metric),
          verdict,
        });
        expect(check.recomputed).toBeCloseTo(recomputed, 5);
        expect(check.low).toBeCloseTo(interval[0]!, 3);
        expect(check.high).toBeCloseTo(interval[1]!, 3);
        compared++;
      }
    }
    expect(compared).toBe(81);
  });

  test('exactly the impossible Avg and Diff cells are flagged', () => {
    for (const { table, method, avgDiff } of golden.rows) {
      for (const { metric, avgOk, avgTight, diffOk, diffExact } of avgDiff) {
        const avg = checks.get(key(table, method, `${metric} Avg`))!.verdict;
        const diff = checks.get(key(table, method, `${metric} Diff`))!.verdict;
        expect([method, metric, avg]).toEqual([method, metric, avgTight ? 'exact' : avgOk ? 'possible' : 'impossible']);
        expect([method, metric, diff]).toEqual([
          method,
          metric,
          diffExact ? 'exact' : diffOk ? 'possible' : 'impossible',
        ]);
      }
    }
  });

  test('exactly the rows whose Eodd does not fit Eopp0 and Eopp1 are flagged', () => {
    for (const { table, method, eoddFeasible } of golden.rows) {
      const { verdict } = checks.get(key(table, method, 'Eodd'))!;
      expect([table, method, verdict]).toEqual([table, method, eoddFeasible.feasible ? 'possible' : 'impossible']);
    }
  });

  test('the MFD row is noticed as the AdvRef row; a method printed twice under its own name is not', () => {
    expect(audit.copiedRows).toEqual([
      {
        first: { table: 'Table 1 (Fitzpatrick-17k, VGG-11)', method: 'MFD' },
        second: { table: 'Supp. Table 1', method: 'AdvRef' },
        cells: 18,
      },
    ]);
  });

  test('the FATE(Eopp0) column of table 2 would follow from a baseline of 0.060 where 0.006 is printed', () => {
    const implied = audit.impliedBaselines.find(({ table }) => table.startsWith('Table 2'))!;
    expect(implied).toMatchObject({ criterion: 'Eopp0', printed: '0.006', rows: 6, impossible: 6 });
    expect(implied.low).toBeLessThan(0.06);
    expect(implied.high).toBeGreaterThan(0.06);
    expect(implied.high).toBeLessThan(0.065);
  });
});

describe('a table made by hand', () => {
  test('a FATE is measured against the first row with FATE 0', () => {
    const { checks } = auditPublishedTable('Method,F1,Eopp1,FATE Eopp1\nX,0.60,0.20,0.7\nBase,0.50,0.40,0');
    // 0.1/0.5 + 0.2/0.4 = 0.7
    expect(checks.map(({ verdict }) => verdict)).toEqual(['exact', 'exact']);
    expect(checks[0]!.recomputed).toBeCloseTo(0.7, 12);
  });

  test('the rounding of the printed digits decides between possible and impossible', () => {
    const verdict = (fate: string) =>
      auditPublishedTable(`Method,F1,Eopp1,FATE Eopp1\nBase,0.50,0.40,0\nX,0.60,0.20,${fate}`).checks[1]!.verdict;
    // ACC ratio 0.595/0.505 … 0.605/0.495, FC ratio 0.195/0.405 … 0.205/0.395: FATE 0.6592 … 0.7407.
    expect(verdict('0.70')).toBe('exact');
    expect(verdict('0.740')).toBe('possible');
    expect(verdict('0.742')).toBe('impossible');
    expect(verdict('0.658')).toBe('impossible');
  });

  test('a baseline gap that may be 0 leaves the cell open', () => {
    const { checks } = auditPublishedTable('Method,F1,Eopp0,FATE Eopp0\nBase,0.50,0.000,0\nX,0.60,0.001,0.3');
    expect(checks[1]).toMatchObject({ verdict: 'open', recomputed: null, low: null });
  });

  test('a named baseline is used, and λ', () => {
    const text = 'Method,F1,Eopp1,FATE Eopp1\nA,0.80,0.10,0\nB,0.50,0.40,0\nC,0.60,0.20,1.2';
    const { checks } = auditPublishedTable(text, { baseline: 'B', lambda: 2 });
    expect(checks[2]).toMatchObject({ verdict: 'exact' });
  });

  test('a baseline that is nowhere is an error by name', () => {
    const audit = () => auditPublishedTable('Method,F1,Eopp1,FATE Eopp1\nA,0.8,0.1,0', { baseline: 'Z' });
    expect(audit).toThrow(LabError);
    expect(audit).toThrow('There is no row "Z"');
  });

  test('a FATE without its gap is said to be unchecked, with what is missing', () => {
    const { unchecked, checks } = auditPublishedTable('Method,F1,Eopp1,FATE Eopp1\nBase,0.5,0.4,0\nX,0.6,–,0.3');
    expect(checks).toHaveLength(1);
    expect(unchecked).toEqual([
      { table: '', method: 'X', column: 'FATE Eopp1', why: 'the row has no number for Eopp1' },
    ]);
  });
});
