import { readFile } from 'node:fs/promises';
import { parseRunRecord } from '../src/recipe/parseRunRecord';
import { tintedFashionZip } from './fixtures/tintedFashion';
import { expect, goToStep, test } from './labPage';

test('real images from a zip: map, train to over 80 %, run two rounds, export', async ({ page }) => {
  test.setTimeout(600_000);
  await page.goto('/');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files or a zip' }).click();
  await (await chooser).setFiles({ name: 'fashion.zip', mimeType: 'application/zip', buffer: tintedFashionZip() });

  const mapping = page.getByRole('form', { name: 'Mapping' });
  await expect(mapping).toBeVisible({ timeout: 60_000 });
  await mapping.getByRole('button', { name: 'Group column' }).click();
  await page.getByRole('option', { name: 'camera', exact: true }).click();
  await mapping.getByRole('radiogroup', { name: 'Value A' }).getByRole('radio', { name: 'Group 0' }).click();
  await mapping.getByRole('radiogroup', { name: 'Value B' }).getByRole('radio', { name: 'Group 1' }).click();
  await mapping.getByRole('textbox', { name: 'Image size' }).fill('28');
  await mapping.getByRole('textbox', { name: 'Image size' }).blur();
  await mapping.getByRole('button', { name: 'Import 2,000 images' }).click();
  await expect(page.getByText(/2,?000 images/).first()).toBeVisible({ timeout: 120_000 });

  await goToStep(page, 'Model');
  await page.getByRole('textbox', { name: 'Epochs' }).fill('8');
  await page.getByRole('textbox', { name: 'Epochs' }).blur();
  await page.getByRole('button', { name: 'Train for 8 epochs' }).click();
  await expect(page.getByRole('region', { name: 'Layers' })).toBeVisible({ timeout: 300_000 });

  await goToStep(page, 'Prune');
  await page.getByRole('textbox', { name: 'Rounds' }).fill('2');
  await page.getByRole('textbox', { name: 'Rounds' }).blur();
  await page.getByRole('button', { name: /^Prune \d+ channels? and fine-tune/ }).click();
  await expect(page.getByRole('button', { name: 'Next: the results' })).toBeVisible({ timeout: 300_000 });
  await page.getByRole('button', { name: 'Next: the results' }).click();
  await page.getByRole('button', { name: 'Next: export' }).click();

  const zip = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download SNNL-Fair, round 2.* \(zip\)/ }).click();
  expect((await readFile(await (await zip).path())).length).toBeGreaterThan(10_000);
  const saved = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /run record/i })
    .first()
    .click();
  const record = parseRunRecord(await readFile(await (await saved).path(), 'utf8'));

  const { report } = record.baseline.evaluation;
  const accuracy =
    (report.groups[0].accuracy * report.groups[0].n + report.groups[1].accuracy * report.groups[1].n) / report.n;
  console.log(`baseline accuracy on ${report.n} validation images: ${accuracy.toFixed(3)}`);
  expect(accuracy).toBeGreaterThan(0.8);
  expect(record.dataset.groupNames).toHaveLength(2);
  for (const { rounds } of record.arms) expect(rounds).toHaveLength(2);
});
