import type { Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { PNG } from 'pngjs';
import { expect, goToStep, test } from './labPage';

/** A small labelled set: images of two plain colours with a bit of pattern, `count` rows. */
function smallSet(options: {
  groups: (index: number) => string;
  columns?: string;
  extra?: Record<string, Uint8Array>;
}): Buffer {
  const files: Record<string, Uint8Array> = { ...options.extra };
  const rows = [options.columns ?? 'image,label,group'];
  for (let index = 0; index < 60; index++) {
    const png = new PNG({ width: 16, height: 16 });
    for (let pixel = 0; pixel < 256; pixel++) {
      const value = ((pixel * (index + 3)) % 97) + (index % 2) * 120;
      png.data.set([value, value, 255 - value, 255], 4 * pixel);
    }
    files[`image-${index}.png`] = new Uint8Array(PNG.sync.write(png));
    rows.push(`image-${index}.png,${index % 2 ? 'bright' : 'dark'},${options.groups(index)}`);
  }
  files['labels.csv'] = strToU8(`${rows.join('\n')}\n`);
  return Buffer.from(zipSync(files, { level: 0 }));
}

async function chooseZip(page: Page, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files or a zip' }).click();
  await (await chooser).setFiles({ name: 'set.zip', mimeType: 'application/zip', buffer });
}

async function placeValues(page: Page): Promise<void> {
  await page.getByRole('radiogroup', { name: 'Value x' }).getByRole('radio', { name: 'Group 0' }).click();
  await page.getByRole('radiogroup', { name: 'Value y' }).getByRole('radio', { name: 'Group 1' }).click();
}

test('a broken image is named with the reason, and the others are imported', async ({ page }) => {
  await page.goto('/');
  const broken = { 'image-7.png': strToU8('this is no picture') };
  const groups = (index: number) => (index % 4 < 2 ? 'x' : 'y');
  const good = smallSet({ groups });
  const { unzipSync } = await import('fflate');
  await chooseZip(page, Buffer.from(zipSync({ ...unzipSync(good), ...broken }, { level: 0 })));
  await placeValues(page);
  await page.getByRole('button', { name: 'Import 60 images' }).click();
  await expect(page.getByText(/59 images/).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/image-7\.png/).first()).toBeVisible();
});

test('a file that is no zip is refused by name, and what was stored stays', async ({ page }) => {
  await page.goto('/');
  const groups = (index: number) => (index % 4 < 2 ? 'x' : 'y');
  await chooseZip(page, smallSet({ groups }));
  await placeValues(page);
  await page.getByRole('button', { name: 'Import 60 images' }).click();
  await expect(page.getByText(/60 images/).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Use other data' }).click();
  await chooseZip(page, Buffer.from('not a zip at all'));
  await expect(page.getByText('zip-unreadable')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: /^Open / }).first()).toBeVisible({ timeout: 60_000 });
});

test('a table without a group column cannot be imported, and the page says which column is missing', async ({
  page,
}) => {
  await page.goto('/');
  await chooseZip(page, smallSet({ groups: () => '', columns: 'image,label' }));
  await expect(page.getByRole('form', { name: 'Mapping' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Import 60 images' })).toBeDisabled();
  await expect(page.getByText(/group/i).first()).toBeVisible();
});

test('a group with one member is refused with its count', async ({ page }) => {
  await page.goto('/');
  await chooseZip(page, smallSet({ groups: (index) => (index === 0 ? 'x' : 'y') }));
  await placeValues(page);
  await expect(page.getByText(/Group 0 \(x\) has 1 image in the train split; at least 2 are needed/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Import 60 images' })).toBeDisabled();
});

/** Demo, model and a run that is under way, with at least one finished round. */
async function startRun(page: Page): Promise<void> {
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Images' }).fill('300');
  await page.getByRole('textbox', { name: 'Images' }).blur();
  await page.getByRole('button', { name: 'Use the demo' }).click();
  await expect(page.getByText(/300 images/).first()).toBeVisible({ timeout: 60_000 });
  await goToStep(page, 'Prune');
  await page.getByRole('textbox', { name: 'Rounds' }).fill('6');
  await page.getByRole('textbox', { name: 'Rounds' }).blur();
  await page.getByRole('button', { name: /^Prune \d+ channels? and fine-tune/ }).click({ timeout: 60_000 });
  await expect(page.getByText(/round 3 of 6/i).first()).toBeVisible({ timeout: 120_000 });
}

test('a cancelled run keeps its finished rounds and can be resumed', async ({ page }) => {
  await startRun(page);
  await page.getByRole('button', { name: 'Cancel run' }).click();
  const resume = page.getByRole('button', { name: /^Resume the run/ });
  await expect(resume).toBeVisible({ timeout: 30_000 });
  await resume.click();
  await expect(page.getByRole('button', { name: 'Next: the results' })).toBeVisible({ timeout: 240_000 });
});

test('a reload in the middle of a run loses no finished round: the run is offered and goes on', async ({ page }) => {
  await startRun(page);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await goToStep(page, 'Prune');
  const resume = page.getByRole('button', { name: /^Resume the run/ });
  await expect(resume).toBeVisible({ timeout: 60_000 });
  await resume.click();
  await expect(page.getByText(/round [3-6] of 6/i).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Next: the results' })).toBeVisible({ timeout: 240_000 });
});
