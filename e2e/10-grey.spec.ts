import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { PNG } from 'pngjs';
import { parseRunRecord } from '../src/recipe/parseRunRecord';
import { greyFashionZip } from './fixtures/greyFashion';
import { expect, expectAccessible, goToStep, test } from './labPage';
import { predictElsewhere } from './predictElsewhere';

const side = 28;

test('grey images, cropped: train a network of one channel, score, prune, and plain tfjs predicts the same', async ({
  page,
  browser,
}) => {
  test.setTimeout(600_000);
  await page.goto('/');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files or a zip' }).click();
  await (await chooser).setFiles({ name: 'grey.zip', mimeType: 'application/zip', buffer: greyFashionZip(300) });

  const mapping = page.getByRole('form', { name: 'Mapping' });
  await expect(mapping).toBeVisible({ timeout: 60_000 });
  await mapping.getByRole('button', { name: 'Group column' }).click();
  await page.getByRole('option', { name: 'camera', exact: true }).click();
  await mapping.getByRole('radiogroup', { name: 'Value A' }).getByRole('radio', { name: 'Group 0' }).click();
  await mapping.getByRole('radiogroup', { name: 'Value B' }).getByRole('radio', { name: 'Group 1' }).click();
  await mapping.getByRole('textbox', { name: 'Image size' }).fill(String(side));
  await mapping.getByRole('textbox', { name: 'Image size' }).blur();
  await mapping.getByRole('button', { name: /Images of other shapes are/ }).click();
  await page.getByRole('option', { name: /cropped/ }).click();
  await expect(mapping.getByRole('textbox', { name: /Left out of the shorter side/ })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Import 300 images' }).click();
  await expect(page.getByText('28 × 28 px, cropped to the middle')).toBeVisible({ timeout: 120_000 });

  await goToStep(page, 'Model');
  await page.getByRole('button', { name: /Images go in as/ }).click();
  await page.getByRole('option', { name: 'grey (1 channel)' }).click();
  await page.getByRole('textbox', { name: 'Epochs' }).fill('2');
  await page.getByRole('textbox', { name: 'Epochs' }).blur();
  await page.getByRole('button', { name: 'Train for 2 epochs' }).click();
  await expect(page.getByRole('region', { name: 'Layers' })).toBeVisible({ timeout: 300_000 });
  await expect(page.getByText('28 × 28 × 1, grey')).toBeVisible();
  await page.getByRole('radio', { name: 'Input & classes' }).click();
  await expect(page.getByText(/grey = round\(0\.299 red/)).toBeVisible();
  await expect(page.getByRole('button', { name: /Images of other shapes are/ })).toHaveText(/cropped/);
  await page.getByRole('button', { name: /Pixels go in as/ }).click();
  await expect(page.getByRole('option', { name: /BGR/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expectAccessible(page);

  await goToStep(page, 'Prune');
  await page.getByRole('textbox', { name: 'Rounds' }).fill('1');
  await page.getByRole('textbox', { name: 'Rounds' }).blur();
  await page.getByRole('button', { name: /^Prune \d+ channels? and fine-tune/ }).click();
  await page.getByRole('button', { name: 'Next: the results' }).click({ timeout: 300_000 });
  await page.getByRole('button', { name: 'Next: export' }).click();

  const zip = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download SNNL-Fair, round 1.* \(zip\)/ }).click();
  const entries = unzipSync(new Uint8Array(await readFile(await (await zip).path())));
  const saved = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /run record/i })
    .first()
    .click();
  const record = parseRunRecord(await readFile(await (await saved).path(), 'utf8'));
  expect(record.dataset.imageFit).toEqual({ kind: 'crop', margin: 0 });
  expect(record.model.preprocessing).toEqual({
    imageSize: side,
    mean: [0.5],
    std: [0.25],
    channelOrder: 'grey',
    imageFit: { kind: 'crop', margin: 0 },
  });
  const [snnl] = record.arms;
  expect(snnl!.rounds[0]!.prunedOriginal.length).toBeGreaterThan(0);

  // What the lab's engine said of images drawn from a seed lies in the zip.
  const [header, ...rows] = new TextDecoder().decode(entries['samples/samples.csv']).trim().split('\n');
  expect(header!.split(',')).toHaveLength(6);
  for (const row of rows) {
    const [name, ...logits] = row.split(',');
    const { data } = PNG.sync.read(Buffer.from(entries[`samples/${name}`]!));
    const pixels = [...data].filter((_, index) => index % 4 !== 3);
    const elsewhere = await predictElsewhere(browser, entries, { pixels, side });
    for (const [index, logit] of elsewhere.entries()) expect(logit).toBeCloseTo(Number(logits[index]), 3);
  }
});
