import { describe, expect, it } from 'vitest';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { auditPredictions } from './auditPredictions';
import { parsePredictionsTable } from './parsePredictionsTable';

/** Two classes; each group has ten samples of each, of which so many are predicted right by model and baseline. */
function tableOf(rights: { dark: [number, number]; light: [number, number] }): string {
  const rows = Object.entries(rights).flatMap(([skin, [model, baseline]]) =>
    ['a', 'b'].flatMap((label) =>
      Array.from({ length: 10 }, (_, i) => {
        const wrong = label === 'a' ? 'b' : 'a';
        return `${label},${i < model ? label : wrong},${i < baseline ? label : wrong},${skin}`;
      }),
    ),
  );
  return ['label,prediction,before,skin', ...rows].join('\n');
}

const settings = { clusters: null, replicates: 200, permutations: 200, level: 0.95, seed: 1 };

describe('auditPredictions', () => {
  it('finds, in a table that it reads, what was put there', async () => {
    const text = tableOf({ dark: [3, 3], light: [6, 9] });
    const { predictions, baseline } = parsePredictionsTable(text, { baseline: 'before' });
    const audit = await auditPredictions({ ...settings, predictions, baseline }, createSilentContext());
    // Recall is 0.3 against 0.6 in both classes, before 0.3 against 0.9.
    expect(audit.report.eopp1).toBeCloseTo(0.3, 12);
    expect(audit.comparison?.report.eopp1).toBeCloseTo(0.6, 12);
    // Classes are symmetric, so F1 is the accuracy: Avg from 0.6 to 0.45; the gap halves.
    expect(audit.comparison?.fate.eopp1).toBeCloseTo(-0.15 / 0.6 + 0.5, 12);
    expect(audit.comparison?.levelling.criteria.eopp1.verdict).toBe('levelled-down');
    expect(audit.bootstrap.fate?.eopp1).not.toBeNull();
    expect(audit.noiseFloor.byCriterion.eopp1.observed).toBe(audit.report.eopp1);
  });

  it('compares nothing without a baseline', async () => {
    const { predictions } = parsePredictionsTable(tableOf({ dark: [3, 3], light: [6, 9] }), { group: 'skin' });
    const audit = await auditPredictions({ ...settings, predictions, baseline: null }, createSilentContext());
    expect(audit.comparison).toBeNull();
    expect(audit.bootstrap.fate).toBeNull();
  });

  it('reports progress that never falls and ends at the whole', async () => {
    const fractions: number[] = [];
    const control = createJobControl('audit', ({ fraction }) => fractions.push(fraction));
    const { predictions } = parsePredictionsTable(tableOf({ dark: [5, 5], light: [6, 6] }), { group: 'skin' });
    await auditPredictions({ ...settings, predictions, baseline: null }, control.context);
    control.finish();
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).toBe(1);
  });
});
