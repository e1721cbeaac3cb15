import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, expectAccessible, goToStep, test } from './labPage';

/** Predictions of 240 samples in three skin groups, the last of them served worse, and two sexes. */
function predictions(wrongEvery: { I: number; III: number; VI: number }): string {
  const skins = ['I', 'III', 'VI'] as const;
  const rows = Array.from({ length: 240 }, (_, i) => {
    const skin = skins[i % 3]!;
    const label = Math.floor(i / 3) % 2;
    const isWrong = Math.floor(i / 3) % wrongEvery[skin] === 0;
    const right = isWrong ? 0.2 + (i % 5) / 20 : 0.6 + (i % 7) / 20;
    const scores = label === 0 ? [right, 1 - right] : [1 - right, right];
    return `${label},${isWrong ? 1 - label : label},${scores[0]!.toFixed(2)},${scores[1]!.toFixed(2)},${skin},${i % 4 < 2 ? 'f' : 'm'}`;
  });
  return `label,prediction,score_0,score_1,skin,sex\n${rows.join('\n')}\n`;
}

test('a CSV of predictions is audited without a model: groups, gaps, classes, calibration, levelling, tables', async ({
  page,
}) => {
  const [model, baseline] = [join(tmpdir(), 'lab-e2e-model.csv'), join(tmpdir(), 'lab-e2e-baseline.csv')];
  await writeFile(model, predictions({ I: 8, III: 7, VI: 3 }));
  await writeFile(baseline, predictions({ I: 9, III: 6, VI: 2 }));
  await page.goto('/');
  await goToStep(page, 'Compare');
  await page.getByRole('tab', { name: 'Predictions' }).click();
  await expectAccessible(page);
  const choose = async (name: string, file: string) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name }).click();
    await (await chooser).setFiles(file);
  };
  await choose('Choose a file', model);
  await choose('Add a baseline', baseline);
  await page.getByRole('button', { name: /Second attribute/ }).click();
  await page.getByRole('option', { name: 'sex' }).click();
  await page.getByRole('button', { name: 'Audit', exact: true }).click();

  await expect(page.getByRole('figure', { name: 'F1 by group' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('radio', { name: 'skin × sex' }).click();
  for (const [view, title] of [
    ['Groups', 'F1 by group'],
    ['Gaps', 'Gaps between the groups'],
    ['Classes', 'Classes, by how far the groups are apart'],
    ['Calibration', 'Reliability by group'],
    ['Levelling', 'F1 of each group, before and after'],
  ] as const) {
    await page.getByRole('radio', { name: view, exact: true }).click();
    await expect(page.getByRole('figure', { name: title })).toBeVisible();
    await expectAccessible(page);
  }
  await page.getByRole('radio', { name: 'Tables', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Tables of the analysis' })).toContainText('Demographic parity');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV', exact: true }).click();
  const csv = await readFile(await (await download).path(), 'utf8');
  // Of 40 samples of class 0 in group VI, those at 0, 6, 12, … are wrong: 14 of 40.
  expect(csv).toContain('skin,model,tpr,"class: 0, group: VI",40,0.65');
});

test('a file that leaves something open is audited after its questions are answered, which the audit then tells', async ({
  page,
}) => {
  const file = join(tmpdir(), 'lab-e2e-open.csv');
  const rows = Array.from({ length: 80 }, (_, i) => {
    const label = i % 2 ? 'mel' : 'nev';
    return `${label};${i === 1 ? 'mell' : label};${['f', 'female', 'm', 'M'][i % 4]}`;
  });
  await writeFile(file, `label;prediction;sex\n${rows.join('\n')}\nTotal;80;\n`);
  await page.goto('/');
  await goToStep(page, 'Compare');
  await page.getByRole('tab', { name: 'Predictions' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles(file);
  await page.getByRole('button', { name: 'Audit', exact: true }).click();
  const questions = page.getByRole('region', { name: 'Questions about lab-e2e-open.csv' });
  await expect(questions.getByRole('radio', { name: 'It is "mel"' })).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  // The radio itself is out of sight, behind its words.
  await questions.getByText('It is "mel"').click();
  await questions.getByText('Yes: "f" as "female"; "M" as "m"').click();
  await questions.getByRole('button', { name: 'Audit with these answers' }).click();
  const reading = page.getByRole('region', { name: 'How the file was read' });
  await expect(reading.getByText(/^80 of 81 rows used; label from label/)).toBeVisible({ timeout: 60_000 });
  await expect(reading.getByText('1 rows left out: totals at the end. (row 82: Total, 80)')).toBeVisible();
  await expect(
    reading.getByText('1 row whose predicted class was read as another one. ("mell" as "mel")'),
  ).toBeVisible();
  await expectAccessible(page);
});

test("the paper's tables are checked cell by cell, and a table that is pasted too", async ({ page }) => {
  await page.goto('/');
  await goToStep(page, 'Compare');
  await page.getByRole('tab', { name: 'Published tables' }).click();
  await page.getByRole('button', { name: 'Check the paper’s own tables' }).click();
  await expect(page.getByText(/270 cells of 27 rows: .* 27 impossible/)).toBeVisible();
  await expect(page.getByText(/0\.006 is printed, with which 6 are impossible/)).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole('textbox', { name: /as printed/ })
    .fill('| Method | F1 | Eopp1 | FATE |\n|--|--|--|--|\n| Base | .50 | .40 | 0 |\n| X | .60 | .20 | .90 |');
  await expect(page.getByRole('row', { name: /X FATE Eopp1/ })).toContainText('impossible');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Markdown' }).click();
  expect(await readFile(await (await download).path(), 'utf8')).toContain('| X | FATE Eopp1 | .90 |');
});
