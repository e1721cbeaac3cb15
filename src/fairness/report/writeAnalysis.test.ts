import { marked } from 'marked';
import Papa from 'papaparse';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '../../foundation/createJobControl';
import { withoutGuard } from '../../foundation/escape/writeCsv';
import { hostileNames } from '../../testing/hostileNames';
import { textTable } from '../../testing/textTable';
import { defaultEvaluationSettings, evaluate } from '../evaluate';
import type { FairnessEvaluation } from '../fairnessEvaluation';
import { readPredictions } from '../predictions/readPredictions';
import { analysisCsv } from './analysisCsv';
import { writeAnalysis } from './writeAnalysis';

/** Two classes; each group has ten samples of each, of which so many are predicted right. */
function tableOf(rights: Record<string, number>): string {
  const rows = Object.entries(rights).flatMap(([skin, right]) =>
    ['a', 'b'].flatMap((label) =>
      Array.from({ length: 10 }, (_, i) => `${label},${i < right === (label === 'a') ? 'a' : 'b'},${skin}`),
    ),
  );
  return ['label,prediction,skin', ...rows].join('\n');
}

/** Recall 0.3 against 0.6 in both classes; before, 0.3 against 0.9. */
let analysis: FairnessEvaluation;
beforeAll(async () => {
  const file = readPredictions(
    textTable(tableOf({ dark: 3, light: 6 })),
    {},
    textTable(tableOf({ dark: 3, light: 9 })),
  );
  const settings = { ...defaultEvaluationSettings, replicates: 200, permutations: 200 };
  analysis = await evaluate({ ...file, attribute: 0 }, settings, createSilentContext());
});

describe('an analysis as text', () => {
  it('has the gap, the baseline, the change and FATE under each definition', () => {
    const line = writeAnalysis('skin', analysis, 'text')
      .split('\n')
      .find((text) => text.startsWith('Eopp1 '))!;
    // F1 is the accuracy here: Avg from 0.6 to 0.45, the gap halves. FATE = -0.15 / 0.6 + 0.5.
    expect(line).toMatch(/^Eopp1 +0\.300 \[.*\] .* 0\.600 +−0\.300 \[.*\] +0\.250 \[/);
  });

  it('names the sample size, how intervals were made, and a gap that shrank only because a group lost', () => {
    const text = writeAnalysis('skin', analysis, 'text');
    expect(text).toContain('skin: 2 groups, 40 samples\n95 % intervals (percentile bootstrap, 200 resamples');
    expect(text).toMatch(/F1 +0\.300 → 0\.300 +0\.900 → 0\.600 +0\.600 → 0\.300 +smaller only because groups lost/);
    expect(text).toMatch(/N +20 +20 +40/);
  });

  it('is Markdown with headings and tables', () => {
    const text = writeAnalysis('skin', analysis, 'markdown');
    expect(text).toMatch(/^## skin: 2 groups/);
    expect(text).toContain('### Gaps between the groups (0 = none)\n\n|  | Gap |');
  });
});

describe('names that mean something in Markdown or CSV', () => {
  it.each(hostileNames)('%j is a name in both', (name) => {
    const named = { ...analysis, groupNames: [name, 'light'], classNames: [name, 'b'] };
    const blocks = marked.lexer(writeAnalysis(name, named, 'markdown'));
    const plain = marked.lexer(writeAnalysis('plain', { ...named, groupNames: ['plain', 'light'] }, 'markdown'));
    expect(blocks.map(({ type }) => type)).toEqual(plain.map(({ type }) => type));
    const kinds = new Set<string>();
    void marked.walkTokens(blocks, ({ type }) => void kinds.add(type));
    expect([...kinds].filter((kind) => /link|image|html|strong|em|del|code/.test(kind))).toEqual([]);

    const csv = analysisCsv([{ attribute: name, analysis: named }]);
    const { data } = Papa.parse<Record<string, string>>(csv.trimEnd(), { header: true });
    expect(new Set(data.map(({ Attribute }) => withoutGuard(Attribute!)))).toEqual(new Set([name]));
    expect(data.some(({ Part }) => Part === `group: ${name}`)).toBe(true);
  });
});

describe('an analysis as CSV', () => {
  it('has a row for every number, in full precision, with its sample size', () => {
    const { data } = Papa.parse<Record<string, string>>(analysisCsv([{ attribute: 'skin', analysis }]).trim(), {
      header: true,
    });
    const find = (model: string, statistic: string, part: string) =>
      data.filter((row) => row.Model === model && row.Statistic === statistic && row.Part === part);
    expect(find('model', 'eopp1', 'gap')).toMatchObject([{ Attribute: 'skin', N: '40', Value: '0.3' }]);
    expect(Number(find('difference', 'eopp1', 'FATE')[0]!.Value)).toBeCloseTo(0.25, 12);
    expect(find('baseline', 'accuracy', 'group: light')).toMatchObject([{ N: '20', Value: '0.9' }]);
    expect(find('model', 'tpr', 'class: a, group: dark')).toMatchObject([{ N: '10', Value: '0.3' }]);
    expect(find('model', 'auc', 'all samples')).toMatchObject([{ Value: '' }]);
  });
});
