import { demoPositions } from '../src/dataset/demo/demoBaselines';
import { defaultDemoSettings } from '../src/dataset/stored/dataset';
import { matchTrainingData } from '../src/recipe/describeTrainingData';
import { openEngine } from './headlessEngine';
import { expect, goToStep, test } from './labPage';

test('the gap of the shipped networks rises with the dial, from none beyond chance to one far beyond it', async ({
  page,
}) => {
  test.setTimeout(300_000);
  const engine = await openEngine(page, 'wasm');
  const found: { bias: number; eodd: number; floor: number; isAboveFloor: boolean }[] = [];
  for (const bias of demoPositions) {
    const dataset = await engine('generateDemo', { settings: { ...defaultDemoSettings, bias } });
    const model = await engine('loadModel', { source: { kind: 'demo-baseline', bias } });
    expect(matchTrainingData(model, dataset)).toBe('same');
    const { report, noiseFloor } = await engine('evaluateModel', {
      datasetId: dataset.id,
      modelId: model.id,
      split: 'validation',
    });
    const { q95, aboveFloor } = noiseFloor!.byCriterion.eodd;
    found.push({ bias, eodd: report.eodd, floor: q95, isAboveFloor: aboveFloor });
  }
  console.log(
    found
      .map(({ bias, eodd, floor }) => `bias ${bias}: Eodd ${eodd.toFixed(3)}, chance ${floor.toFixed(3)}`)
      .join('; '),
  );
  const [first, last] = [found[0]!, found.at(-1)!];
  expect(last.eodd - first.eodd).toBeGreaterThan(Math.max(first.floor, last.floor));
  expect([first.isAboveFloor, last.isAboveFloor]).toEqual([false, true]);
  const gaps = found.map(({ eodd }) => eodd);
  expect(gaps).toEqual(gaps.toSorted((a, b) => a - b));
});

test('at another position of the dial the page loads the network of that position, and one of another says so', async ({
  page,
}) => {
  test.setTimeout(180_000);
  await page.goto('/');
  await page.getByRole('slider', { name: /^Bias/ }).press('ArrowLeft');
  await page.getByRole('button', { name: 'Use the demo' }).click();
  await expect(page.getByText('Demo baseline, bias 0.75').first()).toBeVisible({ timeout: 60_000 });
  await goToStep(page, 'Scores');
  await expect(page.getByText('trained on other data')).toBeHidden();

  await goToStep(page, 'Data');
  await page.getByRole('button', { name: 'Use other data' }).click();
  await page.getByRole('slider', { name: /^Bias/ }).press('ArrowRight');
  await page.getByRole('button', { name: 'Use the demo' }).click();
  await expect(page.getByText('Demo baseline, bias 1').first()).toBeVisible({ timeout: 60_000 });
  await goToStep(page, 'Model');
  await page.getByRole('button', { name: 'Use another model' }).click();
  await page.getByRole('button', { name: 'Open Demo baseline, bias 0.75' }).click();
  await expect(page.getByText('trained on other data')).toBeVisible();
  await page.getByRole('button', { name: 'Load the network for bias 1' }).click();
  await expect(page.getByText('trained on other data')).toBeHidden({ timeout: 60_000 });
});
