import type { Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { PNG } from 'pngjs';
import { expect, test } from './labPage';

const count = 240;

/** Small pictures of noise with a table whose mapping is suggested whole. */
function noiseSet(): Buffer {
  const files: Record<string, Uint8Array> = {};
  const rows = ['image,dx,sex'];
  let state = 1;
  for (let index = 0; index < count; index++) {
    const png = new PNG({ width: 16, height: 16 });
    for (let at = 0; at < png.data.length; at++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      png.data[at] = at % 4 === 3 ? 255 : state >>> 24;
    }
    files[`image-${index}.png`] = new Uint8Array(PNG.sync.write(png));
    rows.push(`image-${index}.png,${index % 2 ? 'mel' : 'nv'},${index % 4 < 2 ? 'female' : 'male'}`);
  }
  files['labels.csv'] = strToU8(`${rows.join('\n')}\n`);
  return Buffer.from(zipSync(files, { level: 0 }));
}

/** Imports at 512 pixels, where a shard holds 21 images, so that a part of a small set is already worth keeping. */
async function startImport(page: Page, zip: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files or a zip' }).click();
  await (await chooser).setFiles({ name: 'noise.zip', mimeType: 'application/zip', buffer: zip });
  const size = page.getByRole('textbox', { name: 'Image size' });
  await size.fill('512');
  await size.blur();
  await page.getByRole('button', { name: `Import ${count} images` }).click();
}

const job = (page: Page) => page.getByRole('contentinfo', { name: 'Job' });
const halfDecoded = /Decoding images.* (?:[5-9]\d|1\d\d) of 240 images/;

test('an import whose tab is closed leaves no dataset, and goes on from there with the same files', async ({
  page,
  context,
}) => {
  const zip = noiseSet();
  await page.goto('/');
  await startImport(page, zip);
  await expect(job(page)).toHaveText(halfDecoded, { timeout: 60_000 });
  await page.close();

  const next = await context.newPage();
  await next.goto('/');
  const leftBehind = next.getByRole('table', { name: /^What can be freed/ });
  await expect(leftBehind.getByText(/An import that was cut off: (?:[2-9]|1\d)\d images/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(next.getByRole('table', { name: 'Stored on this machine' })).toBeHidden();

  await startImport(next, zip);
  await expect(next.getByText(`n = ${count} images`).first()).toBeVisible({ timeout: 120_000 });
  await next.reload();
  const stored = next.getByRole('table', { name: 'Stored on this machine' });
  await expect(stored.getByRole('rowheader')).toHaveText(['My images'], { timeout: 20_000 });
  await expect(stored.getByText('180 MiB')).toBeVisible();
  await expect(leftBehind).toBeHidden();

  await stored.getByRole('button', { name: 'Open My images' }).click();
  await next.getByRole('button', { name: /^image-7, / }).click();
  await expect(next.getByRole('img', { name: 'The image image-7, as the model sees it' })).toBeVisible();
  await expect(next.getByText('noise.zip/image-7.png')).toBeVisible();
});

test('an import that is cancelled stops within a second and leaves nothing', async ({ page }) => {
  await page.goto('/');
  await startImport(page, noiseSet());
  await expect(job(page)).toHaveText(halfDecoded, { timeout: 60_000 });
  await job(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(job(page).getByText('No job is running.')).toBeVisible({ timeout: 1000 });
  const folders = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const names: string[] = [];
    for (const folder of ['imagesets', 'datasets']) {
      const handle = await root.getDirectoryHandle(folder, { create: true });
      for await (const name of handle.keys()) names.push(`${folder}/${name}`);
    }
    return names;
  });
  expect(folders).toEqual([]);
});
