import type { Page } from '@playwright/test';
import { strFromU8 } from 'fflate';
import Papa from 'papaparse';
import { presetScale } from '../src/model/preprocessing';
import { openEngine } from './headlessEngine';
import { expect, expectAccessible, goToStep, test } from './labPage';
import { predictElsewhere, testImage, unzip } from './predictElsewhere';

const fixtures = 'src/model';
const side = 32;
const classNames = ['naevus', 'melanoma', 'wart', 'cyst', 'scar'];

async function loadFile(page: Page, path: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose model files' }).click();
  await (await chooser).setFiles(`${fixtures}/${path}`);
}

async function choose(page: Page, field: RegExp, option: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: field }).click();
  await page.getByRole('option', { name: option }).click();
}

test('a PyTorch checkpoint: report, preprocessing, classes, pruning by hand and back, and both exports predict alike', async ({
  page,
  browser,
}) => {
  await page.goto('/');
  await goToStep(page, 'Model');
  await choose(page, /Image size/, '32 px');
  await loadFile(page, 'checkpoints/fixtures/resnet18.pth');
  await page.getByRole('button', { name: 'Confirm and load' }).click({ timeout: 60_000 });
  const report = page.getByRole('region', { name: 'Import report' });
  await expect(report).toBeVisible({ timeout: 60_000 });
  await expect(report.getByRole('rowheader', { name: 'layer4.0.downsample.0' })).toBeVisible();
  await expect(page.getByText(/PyTorch checkpoint \(zip\)/)).toBeVisible();
  await expect(page.getByText(/the classes are numbered/)).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('radio', { name: 'Input & classes' }).click();
  await choose(page, /Pixels go in as/, /BGR/);
  await expect(page.getByText('A black pixel goes in as (−103.9, −116.8, −123.7)')).toBeVisible();
  await page.getByRole('textbox', { name: /^Classes/ }).fill(classNames.slice(1).join('\n'));
  await expect(page.getByText('The network has 5 outputs; there are 4 lines.')).toBeVisible();
  await page.getByRole('textbox', { name: /^Classes/ }).fill(classNames.join('\n'));
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('complementary').getByText(classNames.join(', '))).toBeVisible({ timeout: 30_000 });

  await goToStep(page, 'Prune');
  await page.getByRole('radio', { name: /By hand/ }).click();
  await choose(page, /What becomes/, /\(D\)/);
  await page.getByRole('textbox', { name: /^Channels of layer4.1.conv2/ }).fill('0, 2');
  const plan = page.getByRole('region', { name: 'Layers that the channels reach' });
  for (const layer of [
    'layer4.1.conv2',
    'layer4.1.bn2',
    'layer4.0.conv2',
    'layer4.0.bn2',
    'layer4.0.downsample.0',
    'layer4.0.downsample.1',
    'layer4.1.conv1',
    'fc',
  ])
    await expect(plan.getByRole('rowheader', { name: layer, exact: true })).toHaveCount(1);
  await expect(plan.getByRole('img', { name: /Links between/ }).locator('circle')).toHaveCount(13);
  await expectAccessible(page);
  // The step scrolls in itself; the page does not.
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(720);

  const prune = page.getByRole('button', { name: 'Prune 2 channels of layer4.1.conv2' });
  const undo = page.getByRole('button', { name: /^Undo the pruning/ });
  await prune.click();
  await undo.click({ timeout: 30_000 });
  await page.getByRole('textbox', { name: /^Channels of layer4.1.conv2 \(16 left/ }).fill('0, 2');
  await prune.click();
  await expect(undo).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('textbox', { name: /14 left, 1 … 15/ })).toBeVisible();

  await goToStep(page, 'Export');
  const tfjsDownload = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download .* \(zip\)/ }).click();
  const tfjs = await unzip(tfjsDownload);
  const torchDownload = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download .* for PyTorch/ }).click();
  const torch = await unzip(torchDownload);
  expect(Object.keys(torch.entries).toSorted()).toEqual([
    'MODEL_CARD.md',
    'check_samples.py',
    'labels.txt',
    'load_model.py',
    'model.safetensors',
    'preprocessing.json',
    ...[1, 2, 3, 4].map((number) => `samples/sample-${number}.png`),
    'samples/samples.csv',
  ]);
  const onnxDownload = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Download .* as ONNX/ }).click();
  const onnx = await unzip(onnxDownload);
  expect(strFromU8(tfjs.entries['labels.txt']!)).toBe(`${classNames.join('\n')}\n`);
  expect(strFromU8(tfjs.entries['MODEL_CARD.md']!)).toContain('layer4.1.conv2: 14 channels left');

  const { png, pixels } = testImage(side);
  const elsewhere = await predictElsewhere(browser, tfjs.entries, { pixels, side });
  const context = await browser.newContext();
  try {
    const engine = await openEngine(await context.newPage(), 'wasm');
    const predict = async (name: string, buffer: Buffer, options = {}) => {
      const file = { name, mimeType: 'application/octet-stream', buffer };
      const model = await engine('loadModel', { source: { kind: 'files', files: [] }, options }, file);
      const image = { name: 'test.png', mimeType: 'image/png', buffer: png };
      const made = await engine('predict', { modelId: model.id, source: { kind: 'files', files: [] } }, image);
      const csv = Buffer.from(made.bytes as unknown as string, 'base64').toString();
      const [row] = Papa.parse<Record<string, string>>(csv, { header: true }).data;
      return classNames.map((className) => Number(row![`score ${className}`]));
    };
    const fromTfjs = await predict('model.zip', tfjs.buffer);
    const fromTorch = await predict('model.safetensors', Buffer.from(torch.entries['model.safetensors']!), {
      imageSize: side,
      answers: 'usual',
      classNames,
      preprocessing: presetScale('caffe'),
    });
    const fromOnnx = await predict('model.onnx', Buffer.from(onnx.entries['model.onnx']!));
    // Differences of logits are differences of log scores, however small the scores are.
    for (const [index, logit] of elsewhere.entries()) {
      const expected = logit - elsewhere[0]!;
      const tolerance = 1e-4 * (1 + Math.abs(expected));
      for (const scores of [fromTfjs, fromTorch, fromOnnx]) {
        const found = Math.log(scores[index]!) - Math.log(scores[0]!);
        expect(Math.abs(found - expected)).toBeLessThan(tolerance);
      }
    }
    expect(Math.max(...elsewhere) - Math.min(...elsewhere)).toBeGreaterThan(0.1);
  } finally {
    await context.close();
  }
});

test('what a checkpoint does not say is asked in one form, and stands in the report', async ({ page }) => {
  page.setDefaultTimeout(20_000);
  await page.goto('/');
  await goToStep(page, 'Model');
  await choose(page, /Image size/, '32 px');
  await loadFile(page, 'checkpoints/fixtures/strided-adaptive.pt');
  const form = page.getByRole('form', { name: /strided-adaptive\.pt does not say/ });
  await expect(form).toBeVisible({ timeout: 60_000 });
  await expect(form.getByRole('button', { name: /Which activation follows the convolutions/ })).toContainText('ReLU');
  await expectAccessible(page);
  await choose(page, /Which activation follows the convolutions/, /slope 0\.2/);
  await choose(page, /Which activation follows the dense layers/, /^ELU/);
  await choose(page, /What is added to the variance/, /^0\.001 /);
  await choose(page, /What becomes of the last maps/, /adaptive average pooling/);
  await choose(page, /Which convolutions are followed by a pooling/, /^none/);
  await choose(page, /With which stride/, 'another…');
  const confirm = form.getByRole('button', { name: 'Confirm and load' });
  await expect(confirm).toBeDisabled();
  const strides = form.getByRole('textbox', { name: /one per convolution/ });
  await strides.fill('2,2');
  await confirm.click();
  // An answer that cannot be taken leaves the form as it is.
  await expect(page.getByRole('alert')).toContainText('"strides" cannot be "2,2"', { timeout: 30_000 });
  await strides.fill('2,2,1');
  await confirm.click();
  await expect(page.getByRole('heading', { name: /^Assumed, as confirmed/ })).toBeVisible({ timeout: 60_000 });
  const assumed = page.getByRole('region', { name: /^Assumed, as confirmed/ });
  await expect(assumed.getByText('Which activation follows the convolutions? Leaky ReLU, slope 0.2')).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: 'Use another model' }).click();
  await loadFile(page, 'checkpoints/fixtures/vgg11.pth');
  await page.getByRole('button', { name: 'Do not load it' }).click({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Back to the model' })).toBeVisible();
});

test('an ONNX file shows what became of every node', async ({ page }) => {
  await page.goto('/');
  await goToStep(page, 'Model');
  await loadFile(page, 'onnx/fixtures/mobile.onnx');
  await expect(page.getByText(/ONNX, opset 17/)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('from HardSwish "/HardSwish"').first()).toBeAttached();
});

test('a Keras file shows its report; a file that is no model is refused by name, and the model before stays', async ({
  page,
}) => {
  await page.goto('/');
  await goToStep(page, 'Model');
  await loadFile(page, 'keras/fixtures/functional.keras');
  await expect(page.getByText(/Keras 3 archive \(\.keras\)/)).toBeVisible({ timeout: 60_000 });
  await page.getByRole('radio', { name: 'Layers' }).click();
  await expect(page.getByRole('columnheader', { name: 'Activations' })).toBeVisible();
  await page.getByRole('button', { name: 'Use another model' }).click();
  await loadFile(page, 'checkpoints/fixtures/harmful.pth');
  await expect(page.getByText('model-unreadable')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('alert')).toContainText('harmful.pth');
  await expect(page.getByRole('button', { name: /^Open / })).toBeVisible();
});

test('a network of one’s own is put together, trained, and has the layers that its drawing foretold', async ({
  page,
}) => {
  await page.goto('/');
  const images = page.getByRole('textbox', { name: 'Images' });
  await images.fill('200');
  await images.press('Tab');
  await page.getByRole('button', { name: 'Use the demo' }).click();
  await expect(page.getByText(/200 images/).first()).toBeVisible({ timeout: 60_000 });
  await goToStep(page, 'Model');
  await page.getByRole('button', { name: 'Use another model' }).click();
  await choose(page, /Architecture/, 'Your own');
  const editor = page.getByRole('region', { name: 'Your own network' });
  await editor.getByRole('option', { name: /^8\. Convolution/ }).click();
  await choose(page, /Activation/, 'SiLU');
  const filters = editor.getByRole('textbox', { name: 'Filters' });
  await filters.fill('24');
  await filters.press('Tab');
  await choose(page, /Padding/, /pixels/);
  await editor.getByText('BatchNorm', { exact: true }).click();
  await expect(editor.getByRole('option', { name: /^8\. Convolution/ })).toContainText('8×8×24');
  await expectAccessible(page);

  await editor.getByRole('option', { name: /^2\. Max pooling/ }).click();
  const size = editor.getByRole('textbox', { name: 'Size' });
  await size.fill('60');
  await size.press('Tab');
  await expect(editor.getByRole('status')).toContainText(
    'Step 4: the maps are 1×1 here, too small for a pooling of 2.',
  );
  await expect(page.getByRole('button', { name: /^Train for/ })).toBeDisabled();
  await size.fill('2');
  await size.press('Tab');
  await expect(editor.getByRole('status')).toBeEmpty();
  const epochs = page.getByRole('textbox', { name: 'Epochs' });
  await epochs.fill('1');
  await epochs.press('Tab');
  await page.getByRole('button', { name: /^Train for 1 epoch/ }).click();

  const layers = page.getByRole('region', { name: 'Layers' });
  await expect(layers).toBeVisible({ timeout: 120_000 });
  for (const layer of ['conv5', 'bn5', 'silu5', 'gap', 'fc'])
    await expect(layers.getByRole('rowheader', { name: layer, exact: true })).toHaveCount(1);
  await expect(layers.getByRole('row', { name: /^conv5/ })).toContainText('8 × 8 × 24');
  await goToStep(page, 'Scores');
  await page.getByRole('button', { name: 'Score channels' }).click();
  await expect(page.getByRole('slider', { name: /^Cut/ })).toBeVisible({ timeout: 120_000 });
});
