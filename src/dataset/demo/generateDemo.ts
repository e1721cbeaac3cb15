import type { JobContext } from '../../foundation/jobContext';
import { createRandom, type Random } from '../../foundation/random';
import { splitDataset } from '../split/splitDataset';
import { defaultSplitSettings } from '../split/splitSettings';
import type { DemoSettings } from '../stored/dataset';
import type { NewManifest } from '../stored/storeDataset';
import { developPatch } from './developPatch';
import { drawHairs, drawSkin } from './drawSkin';
import { lesionClasses } from './lesionClasses';
import { createPatch } from './patch';
import { type DemoSample, lesionContrast, planDemo } from './planDemo';

const channels = 3;
const imagesPerBreath = 32;
/** Largest relative change of a person's skin colour from the typical one of the type: of all channels, and of each. */
const toneSpread = 0.07;
const hueSpread = 0.02;

/**
 * Generates the demo: patches of skin of the six Fitzpatrick types with five kinds of lesions. Pure and seeded: the same
 * settings give the same bytes in Node and in a Chromium worker; another engine's `exp` may round a rare pixel by one
 * level. Image i depends on the seed, i, what it shows and the bias alone.
 *
 * Group 0 is dark skin (types IV to VI), group 1 light skin (I to III). At bias 0 the groups differ in the colour of the
 * bare skin and in nothing else. At bias 1, on dark skin, lesions are fainter, melanoma and basal cell carcinoma rarer,
 * and there are fewer images. What the lesions look like is drawn from textbook descriptions, not measured: conclusions
 * about real skin cannot be drawn from it.
 *
 * @returns what `storeDataset` takes: the manifest's fields, and pixels [count, imageSize, imageSize, 3]
 * @throws LabError `cancelled`
 */
export async function generateDemo(
  settings: DemoSettings,
  context: JobContext,
): Promise<{ fields: NewManifest; pixels: Uint8Array<ArrayBuffer> }> {
  const { count, imageSize, seed, bias } = settings;
  const samples = planDemo(settings);
  const pixels = new Uint8Array(count * imageSize * imageSize * channels);
  const clamped = new Uint8ClampedArray(pixels.buffer);
  for (const [index, sample] of samples.entries()) {
    if (index % imagesPerBreath === 0) {
      await context.breathe();
      context.report(index, count, 'images');
    }
    drawSample(sample, bias, imageSize, createRandom(seed, 'demo', index), clamped, index);
  }
  context.report(count, count, 'images');
  const labels = samples.map(({ label }) => label);
  const groups = samples.map(({ group }) => group);
  return {
    fields: {
      name: `Demo, bias ${bias}`,
      source: { kind: 'demo', settings },
      imageSize,
      classNames: lesionClasses.map(({ name }) => name),
      groupNames: ['dark (types IV–VI)', 'light (types I–III)'],
      sensitiveAttribute: 'skin type',
      samples: {
        names: samples.map(({ skin }, index) => `demo-${String(index).padStart(5, '0')}-type${skin.type}`),
        labels,
        groups,
        splits: splitDataset({ labels, groups, clusters: null, given: null }, { ...defaultSplitSettings, seed }),
        clusters: null,
      },
      findings: [],
      mapping: null,
    },
    pixels,
  };
}

function drawSample(
  sample: DemoSample,
  bias: number,
  size: number,
  random: Random,
  pixels: Uint8ClampedArray,
  index: number,
) {
  const patch = createPatch(size);
  drawSkin(patch, random);
  lesionClasses[sample.label]!.draw(patch, lesionContrast(bias, sample.skin), random);
  drawHairs(patch, random);
  const tone = 1 + toneSpread * (2 * random.next() - 1);
  const vary = (value: number) => value * tone * (1 + hueSpread * (2 * random.next() - 1));
  const [red, green, blue] = sample.skin.colour;
  developPatch(patch, [vary(red), vary(green), vary(blue)], pixels, index * size * size * channels);
}
