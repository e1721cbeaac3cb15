import type { Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { PNG } from 'pngjs';
import { expect, expectAccessible, test } from './labPage';

const count = 96;

/** The two files of ISIC 2019 with made-up rows, and plain images; one image has no row, every twelfth sex is blank. */
function isicZip(): Buffer {
  const files: Record<string, Uint8Array> = {};
  const truth = ['image,MEL,NV,BCC,AK,BKL,DF,VASC,SCC,UNK'];
  const meta = ['image,age_approx,anatom_site_general,lesion_id,sex'];
  for (let index = 0; index < count; index++) {
    const name = `ISIC_${String(index).padStart(7, '0')}`;
    const hot = Array.from({ length: 9 }, (_, at) => (at === index % 3 ? '1.0' : '0.0'));
    truth.push([name, ...hot].join());
    meta.push(
      `${name},${5 * (index % 17)}.0,back,L${index >> 1},${index % 12 === 0 ? '' : index % 4 < 2 ? 'male' : 'female'}`,
    );
    files[`input/${name}.png`] = png(index);
  }
  files['input/not_in_the_table.png'] = png(200);
  files['ISIC_2019_Training_GroundTruth.csv'] = strToU8(truth.join('\r\n'));
  files['ISIC_2019_Training_Metadata.csv'] = strToU8(`\uFEFF${meta.join('\r\n')}`);
  return Buffer.from(zipSync(files, { level: 0 }));
}

function png(index: number): Uint8Array {
  const image = new PNG({ width: 12, height: 12 });
  for (let pixel = 0; pixel < 144; pixel++) {
    const value = ((pixel * (index + 3)) % 97) + (index % 3) * 70;
    image.data.set([value, 255 - value, value >> 1, 255], 4 * pixel);
  }
  return new Uint8Array(PNG.sync.write(image));
}

async function choose(page: Page, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files or a zip' }).click();
  await (await chooser).setFiles({ name: 'isic.zip', mimeType: 'application/zip', buffer });
}

test('official files go in as they are; the mapping is changed afterwards without a new import', async ({ page }) => {
  await page.goto('/');
  await choose(page, isicZip());
  const mapping = page.getByRole('form', { name: 'Mapping' });
  await expect(mapping.getByText('Recognised: ISIC 2019')).toBeVisible({ timeout: 60_000 });
  const preview = page.getByRole('region', { name: 'Images by class and group' });
  await expect(preview.getByText('88 of 97 used, 1 without a row, 8 of unknown group')).toBeVisible();
  await expect(preview.getByText('8 images', { exact: true })).toBeVisible();
  await expectAccessible(page);

  await mapping.getByRole('button', { name: /^Classes/ }).click();
  await mapping.getByRole('textbox', { name: 'Class of NV' }).fill('other');
  await mapping.getByRole('textbox', { name: 'Class of BCC' }).fill('other');
  await expect(preview.getByRole('rowheader', { name: 'other' })).toBeVisible();
  await page.getByRole('button', { name: 'Import 97 images' }).click();
  await expect(page.getByRole('button', { name: 'Edit mapping' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('n = 88 images').first()).toBeVisible();

  await page.getByRole('button', { name: 'Edit mapping' }).click();
  await mapping.getByRole('button', { name: 'Group column' }).click();
  await page.getByRole('option', { name: 'age_approx', exact: true }).click();
  await expect(mapping.getByRole('slider', { name: /Cut: age_approx/ })).toHaveValue('60');
  await expect(preview.getByText('96 of 97 used, 1 without a row')).toBeVisible();
  await mapping.getByRole('slider', { name: /Cut: age_approx/ }).press('ArrowLeft');
  await expect(mapping.getByText(/25 images from 59 upwards, 71 below/)).toBeVisible();
  await page.getByRole('button', { name: 'Keep as a further dataset' }).click();
  await expect(page.getByText('n = 96 images').first()).toBeVisible({ timeout: 30_000 });
  await page.reload();
  await expect(page.getByRole('button', { name: /^Open ISIC 2019/ })).toHaveCount(2);
});

test('a table of predictions dropped as data is handed to the audit', async ({ page }) => {
  await page.goto('/');
  const rows = Array.from(
    { length: 80 },
    (_, index) => `${index % 2},${index % 5 ? index % 2 : 0},${index % 4 < 2 ? 'f' : 'm'}`,
  );
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files or a zip' }).click();
  const buffer = Buffer.from(`label,prediction,sex\n${rows.join('\n')}\n`);
  await (await chooser).setFiles({ name: 'predictions.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('button', { name: 'Audit these predictions' }).click();
  await expect(page.getByRole('heading', { name: 'Compare' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'predictions.csv' }).first()).toBeVisible();
});
