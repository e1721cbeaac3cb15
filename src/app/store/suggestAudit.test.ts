import { expect, it } from 'vitest';
import { suggestAudit } from './suggestAudit';

const table = (...lines: string[]) => new File([lines.join('\n')], 'predictions.csv');
/** Thirty rows; the numbers of the second column are all different. */
const rows = Array.from(
  { length: 30 },
  (_, i) => `i${i}.jpg,0.${100 + i},mel,nev,${i % 3 ? 'ward' : 'home'},${i % 2 ? 'm' : 'f'}`,
);

it('guesses columns by name, and a sensitive attribute before other columns with few values', async () => {
  const audit = await suggestAudit(table('image,melanoma,dx,predicted,place,sex', ...rows), null);
  expect([audit.label, audit.prediction, audit.attributes]).toEqual(['dx', 'predicted', ['sex']]);
});

it('takes no column of numbers, ids or scores for groups of people', async () => {
  const named = await suggestAudit(table('image,melanoma,dx,predicted,place,score_mel', ...rows), null);
  expect(named.attributes).toEqual(['place']);
  const none = await suggestAudit(
    table('image,confidence,dx,predicted', ...rows.map((row) => row.split(',').slice(0, 4).join())),
    null,
  );
  expect(none.attributes).toEqual([]);
});

it('keeps what was chosen before where the column is there still', async () => {
  const before = await suggestAudit(table('image,melanoma,dx,predicted,place,sex', ...rows), null);
  const again = await suggestAudit(table('image,melanoma,dx,other,place,sex', ...rows), {
    ...before,
    attributes: ['place', 'gone'],
    label: 'other',
  });
  expect([again.label, again.attributes]).toEqual(['other', ['place']]);
});
