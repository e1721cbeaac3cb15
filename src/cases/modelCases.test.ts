import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { disposeModel } from '../model/disposeModel';
import { packModelFiles } from '../model/files/packModelFiles';
import { serializeModel } from '../model/serializeModel';
import { colourModel } from '../testing/colourModel';
import { startWasmAndCpu } from '../testing/computeOn';
import { checkModelCases } from './modelCases';

const side = 16;
let folder = '';

beforeAll(async () => {
  await startWasmAndCpu();
  folder = await mkdtemp(join(tmpdir(), 'lab-cases-'));
});
afterAll(() => rm(folder, { recursive: true }));

function redPng(): Buffer {
  const image = new PNG({ width: side, height: side });
  for (let i = 0; i < image.data.length; i += 4) image.data.set([255, 0, 0, 255], i);
  return PNG.sync.write(image);
}

it('tells equal numbers from other numbers, refusals, and what has no reference', async () => {
  // Red has the logits [ln 2, 0], and so the probabilities [2/3, 1/3].
  const [red, green, blue] = [
    [Math.LN2, 0],
    [0, 0],
    [0, 0],
  ] as const;
  const model = colourModel([[...red], [...green], [...blue]], side);
  const files = packModelFiles(await serializeModel(model));
  disposeModel(model);
  await mkdir(join(folder, 'imgs', 's16'), { recursive: true });
  await writeFile(join(folder, 'imgs', 's16', 'im0.png'), redPng());
  const references: Record<string, string | null> = {
    'equal-numbers': '0.666667,0.333333\n',
    'no-reference': null,
    'other-numbers': '0.668,0.332\n',
  };
  for (const [name, reference] of Object.entries(references)) {
    const place = join(folder, 'tfjs', name);
    await mkdir(place, { recursive: true });
    for (const { path, bytes } of files) await writeFile(join(place, path), bytes);
    if (reference) await writeFile(join(place, 'model.json.ref.csv'), reference);
  }
  await mkdir(join(folder, 'models'));
  await writeFile(join(folder, 'models', 'cut-off.keras'), 'PK');
  const rows = await checkModelCases(folder);
  expect(rows.map(({ file, verdict }) => [file, verdict])).toEqual([
    ['models/cut-off.keras', 'refused'],
    ['tfjs/equal-numbers', 'equal'],
    ['tfjs/no-reference', 'unjudged'],
    ['tfjs/other-numbers', 'silent'],
  ]);
});
