import { spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, unzipSync } from 'fflate';
import Papa from 'papaparse';
import { expect, expectAccessible, goToStep, test } from './labPage';
import { predictElsewhere, testImage, unzip } from './predictElsewhere';

const folder = 'src/model/files/fixtures/teachable-machine';
const names = ['model.json', 'weights.bin', 'metadata.json'];
const classNames = ['Naevus', 'Melanoma', 'Wart'];
const side = 32;
const { png, pixels } = testImage(side);
/** What Teachable Machine's web library does to pixels, in the words of the lab's exports. */
const half = 127 / 255;
const preprocessing = { mean: [half, half, half], std: [half, half, half], channels: 'RGB' };

async function readExport(): Promise<Record<string, Uint8Array>> {
  const files = await Promise.all(
    names.map(async (name) => [name, new Uint8Array(await readFile(join(folder, name)))] as const),
  );
  return { ...Object.fromEntries(files), 'preprocessing.json': strToU8(JSON.stringify(preprocessing)) };
}

/** Runs a command of the lab; the last line of its output as JSON. */
function lab(...words: string[]): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/lab.ts', ...words, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.on('data', (data: Buffer) => {
      out += data.toString();
    });
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, unknown>);
      else reject(new Error(out));
    });
  });
}

const largestDifference = (a: number[], b: number[]) =>
  Math.max(...a.map((value, index) => Math.abs(value - b[index]!)));

test('an export of Teachable Machine keeps its classes in the page, is pruned in its last convolution and comes back in plain tfjs', async ({
  page,
  browser,
}) => {
  await page.goto('/');
  await goToStep(page, 'Model');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose model files' }).click();
  await (await chooser).setFiles(names.map((name) => join(folder, name)));
  await expect(page.getByRole('complementary').getByText(classNames.join(', '))).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText(/named by metadata\.json, and pixels are scaled .* \(pixel \/ 127 - 1\)/)).toBeVisible();
  await expect(page.getByText(/Networks that stood as layers were taken apart/)).toBeVisible();
  await expectAccessible(page);

  await goToStep(page, 'Prune');
  await page.getByRole('radio', { name: /By hand/ }).click();
  await page.getByRole('textbox', { name: /^Channels of Conv_1/ }).fill('0, 5, 11');
  await page.getByRole('button', { name: 'Prune 3 channels of Conv_1' }).click();
  await expect(page.getByRole('textbox', { name: /^Channels of Conv_1 \(21 left/ })).toBeVisible({ timeout: 30_000 });
  await goToStep(page, 'Export');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download .* \(zip\)/ }).click();
  const fromPage = (await unzip(download)).entries;
  const inPage = await predictElsewhere(browser, fromPage, { pixels, side });

  const out = await mkdtemp(join(tmpdir(), 'lab-e2e-'));
  const model = join(folder, names[0]!);
  const pruned = await lab('model', 'prune', model, '--layer', 'Conv_1', '--channels', '0,5,11', '--out', out);
  const fromShell = unzipSync(new Uint8Array(await readFile(String(pruned.path))));
  expect(largestDifference(await predictElsewhere(browser, fromShell, { pixels, side }), inPage)).toBeLessThan(1e-5);
});

test('the command line predicts with an export of Teachable Machine as plain tfjs does, for the web and for Keras', async ({
  browser,
}) => {
  const due = await predictElsewhere(browser, await readExport(), { pixels, side });
  const images = await mkdtemp(join(tmpdir(), 'lab-e2e-'));
  await writeFile(join(images, 'test.png'), png);
  for (const model of [join(folder, names[0]!), `${folder}-keras/keras_model.h5`]) {
    const { csv } = await lab('model', 'predict', model, '--images', images);
    const [row] = Papa.parse<Record<string, string>>(String(csv), { header: true }).data;
    const scores = classNames.map((name) => Number(row![`score ${name}`]));
    expect(largestDifference(scores, due)).toBeLessThan(1e-5);
  }
});
