import { encodePng } from '../../dataset/files/encodePng';
import { concatBytes } from '../../foundation/concatArrays';
import { writeCsv } from '../../foundation/escape/writeCsv';
import { createRandom } from '../../foundation/random';
import type { NamedBytes } from '../../model/files/packModelFiles';
import type { ExportFormat, LabModel } from '../../model/labModel';
import { channelCount } from '../../model/preprocessing';
import { checkWithPyTorch, checkWithTfjs } from './checkScripts';
import { groupColumn } from './findSamples';
import { outputsOf } from './verifySamples';

const sampleCount = 4;
const seed = 1;
/** Colours of a coarse grid are blended into soft patches; grain is put on top. */
const gridSide = 4;
const grain = 24;

/**
 * Images drawn from a seed, nobody's data, and the logits that the model gives them here: `samples/sample-1.png` … and
 * `samples/samples.csv`, with a script that compares them with what the exported model computes elsewhere.
 */
export async function makeSamples(model: LabModel, format: ExportFormat): Promise<NamedBytes[]> {
  const { imageSize: size } = model.preprocessing;
  const isGrey = channelCount(model.preprocessing) === 1;
  const images = Array.from({ length: sampleCount }, (_, index) => drawSample(size, index, isGrey));
  const all = concatBytes(images);
  // Where the network needs to know it, one image after the other is of the next group.
  const groups = model.groupInput && images.map((_, index) => index % model.groupInput!.names.length);
  const logits = await outputsOf(model, { pixels: all, groups: groups ?? null }, 'logits');
  const name = (index: number) => `sample-${index + 1}.png`;
  const groupOf = (index: number) => (groups ? [groups[index]!] : []);
  const header = [
    'image',
    ...model.classNames.map((className) => `logit_${className}`),
    ...(groups ? [groupColumn] : []),
  ];
  const rows = logits.map((row, index) => [name(index), ...row, ...groupOf(index)]);
  const files = images.map(async (pixels, index) => ({
    path: `samples/${name(index)}`,
    bytes: new Uint8Array(await encodePng(pixels, size, size, 3).arrayBuffer()),
  }));
  const encode = (path: string, text: string) => ({ path, bytes: new TextEncoder().encode(text) });
  return [
    ...(await Promise.all(files)),
    encode('samples/samples.csv', writeCsv(header, rows)),
    ...(format === 'tfjs' ? [encode('check_samples.mjs', checkWithTfjs)] : []),
    ...(format === 'pytorch' ? [encode('check_samples.py', checkWithPyTorch)] : []),
  ];
}

/** Soft patches of colour (or of grey) with grain, row-major [size, size, 3]. */
function drawSample(size: number, index: number, isGrey: boolean): Uint8Array {
  const random = createRandom(seed, 'sample', index);
  const grid = Array.from({ length: gridSide * gridSide * 3 }, () => random.integer(256));
  const pixels = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const [row, column] = [y, x].map((at) => (at / size) * (gridSide - 1)) as [number, number];
      const [top, left] = [Math.floor(row), Math.floor(column)];
      for (let colour = 0; colour < 3; colour++) {
        const at = (down: number, right: number) => grid[((top + down) * gridSide + left + right) * 3 + colour]!;
        const upper = at(0, 0) + (at(0, 1) - at(0, 0)) * (column - left);
        const lower = at(1, 0) + (at(1, 1) - at(1, 0)) * (column - left);
        if (isGrey && colour > 0) {
          pixels[(y * size + x) * 3 + colour] = pixels[(y * size + x) * 3]!;
          continue;
        }
        const value = upper + (lower - upper) * (row - top) + random.integer(grain) - grain / 2;
        pixels[(y * size + x) * 3 + colour] = Math.max(0, Math.min(255, Math.round(value)));
      }
    }
  }
  return pixels;
}
