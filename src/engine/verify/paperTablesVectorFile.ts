import * as z from 'zod/mini';
import { auditPublishedTable } from '../../fairness/auditor/auditPublishedTable';
import { type Verdict, verdicts } from '../../fairness/auditor/cellCheck';
import { paperTables } from '../../fairness/auditor/paperTables';
import { parseVectors } from '../../foundation/parseVectors';
import { createErrorTally } from './errorTally';
import type { VectorFile } from './vectorFile';

const schema = z.object({
  rows: z.array(
    z.object({
      table: z.string(),
      method: z.string(),
      cells: z.array(
        z.object({
          metric: z.string(),
          recomputed: z.number(),
          interval: z.tuple([z.number(), z.number()]),
          exact4: z.boolean(),
          withinInterval: z.boolean(),
        }),
      ),
      avgDiff: z.array(
        z.object({
          metric: z.string(),
          avgOk: z.boolean(),
          avgTight: z.boolean(),
          diffOk: z.boolean(),
          diffExact: z.boolean(),
        }),
      ),
      eoddFeasible: z.object({ feasible: z.boolean() }),
    }),
  ),
});

/** The file gives the ends of its ranges to four decimals. */
const tolerance = 5.01e-5;

/** Every FATE, Avg, Diff and Eodd of the paper's tables: the auditor's verdict, value and range. */
export const paperTablesVectors: VectorFile = {
  name: 'paper_tables_fate.json',
  implementations: ['reference'],
  async check(json) {
    const tally = createErrorTally(tolerance);
    const { checks } = auditPublishedTable(paperTables);
    for (const { table, method, cells, avgDiff, eoddFeasible } of parseVectors(schema, json, this.name).rows) {
      tally.begin(`${table}, ${method}`);
      const find = (column: string) =>
        checks.find((check) => check.table === table && check.method === method && check.column === column);
      const compareVerdict = (column: string, expected: Verdict) =>
        tally.compare(`verdict of ${column}`, [codeOf(find(column)?.verdict)], [codeOf(expected)]);
      for (const { metric, recomputed, interval, exact4, withinInterval } of cells) {
        const found = find(`FATE ${metric}`);
        tally.compare(
          `FATE ${metric}`,
          [found?.recomputed, found?.low, found?.high].map((value) => value ?? Number.NaN),
          [recomputed, ...interval],
        );
        compareVerdict(`FATE ${metric}`, verdict(exact4, withinInterval));
      }
      for (const { metric, avgOk, avgTight, diffOk, diffExact } of avgDiff) {
        compareVerdict(`${metric} Avg`, verdict(avgTight, avgOk));
        compareVerdict(`${metric} Diff`, verdict(diffExact, diffOk));
      }
      compareVerdict('Eodd', verdict(false, eoddFeasible.feasible));
    }
    return tally.summary();
  },
  notChecked: [],
};

function verdict(isExact: boolean, isPossible: boolean): Verdict {
  if (isExact) return 'exact';
  return isPossible ? 'possible' : 'impossible';
}

function codeOf(found: Verdict | undefined): number {
  return found === undefined ? Number.NaN : verdicts.indexOf(found);
}
