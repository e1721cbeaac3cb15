import { readFileSync } from 'node:fs';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { createAsker } from '../../foundation/openQuestion';
import { relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';
import { copyModel } from '../copyModel';
import { deserializeModel } from '../deserializeModel';
import { buildLoadedNetwork } from '../files/buildLoadedNetwork';
import { disposeNetwork } from '../network/disposeNetwork';
import { presetScale } from '../preprocessing';
import { serializeModel } from '../serializeModel';

/** What `makeLayerCases.py` writes. */
interface LayerCase {
  name: string;
  keras: 2 | 3;
  input: number[];
  layers: { config: Record<string, unknown>; inbound_nodes?: unknown }[];
  /** Shapes by `layer/weight`. */
  weights: Record<string, number[]>;
  shape: number[];
  values: number[];
}

const cases: LayerCase[] = JSON.parse(readFileSync(new URL('fixtures/layerCases.json', import.meta.url), 'utf8'));
/** Six digits are written, and float32 sums of some dozens of terms. */
const tolerance = 1e-5;

/** sin(0.37 i² + 1.7 i + p), p the sum of the character codes of the name. */
function wave(count: number, name = ''): number[] {
  const phase = Array.from(name, (letter) => letter.charCodeAt(0)).reduce((sum, code) => sum + code, 0);
  return Array.from({ length: count }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i + phase));
}

const sizeOf = (shape: number[]) => shape.reduce((product, side) => product * side, 1);

function weightOf(name: string, shape: number[]): Tensor {
  const values = wave(sizeOf(shape), name);
  return tensor(name.endsWith('variance') ? values.map((value) => 1.5 + 0.5 * value) : values, shape);
}

/** The network of a case, built as from a file. */
async function build({ keras, input, layers, weights }: LayerCase): Promise<LayersModel> {
  const [first] = layers;
  const isGraph = first!.inbound_nodes !== undefined;
  const start = { ...first!, config: { batch_input_shape: [null, ...input], ...first!.config } };
  const modelTopology = isGraph
    ? {
        class_name: 'Functional',
        config: { name: 'net', layers, input_layers: [['image', 0, 0]], output_layers: [['it', 0, 0]] },
      }
    : { class_name: 'Sequential', config: { name: 'net', layers: [start, ...layers.slice(1)] } };
  const values = Object.fromEntries(Object.entries(weights).map(([name, shape]) => [name, weightOf(name, shape)]));
  const found = { path: 'model.json', json: { modelTopology }, files: [] };
  return (
    await buildLoadedNetwork(found, values, { writtenBy: keras === 3 ? 'keras-3' : 'keras-2', asker: createAsker() })
  ).network;
}

function imagesOf({ input }: LayerCase): Tensor {
  const values = wave(2 * sizeOf(input)).map((value) => 3 * value);
  return tensor(values, [2, ...input]);
}

beforeAll(startWasmAndCpu);

describe.each(['cpu', 'wasm'] as const)("each layer gives on %s what Keras' definition gives", (backend) => {
  it.each(cases.map((layerCase) => [layerCase.name, layerCase] as const))('%s', async (_name, layerCase) => {
    const network = await build(layerCase);
    let shape: number[] = [];
    const [values] = await valuesOn(backend, () => {
      const output = network.predict(imagesOf(layerCase)) as Tensor;
      shape = output.shape;
      return [output];
    });
    disposeNetwork(network);
    expect(shape).toEqual(layerCase.shape);
    expect(relativeError(values!, layerCase.values)).toBeLessThan(tolerance);
  });
});

describe('each layer gives the same', () => {
  it.each(cases.map((layerCase) => [layerCase.name, layerCase] as const))(
    'after it was copied, exported and loaded by plain tfjs: %s',
    async (_name, layerCase) => {
      const network = await build(layerCase);
      const id = modelId('case');
      const preprocessing = { imageSize: 1, ...presetScale('unit') };
      const model = { id, name: 'case', network, preprocessing, classNames: [], originalChannels: {} };
      const copy = copyModel(model, id);
      const loaded = await deserializeModel(await serializeModel(copy));
      const [before, after] = await valuesOn('cpu', () =>
        [network, loaded.network].map((one) => one.predict(imagesOf(layerCase)) as Tensor),
      );
      expect(after).toEqual(before);
      for (const one of new Set([network, copy.network, loaded.network])) disposeNetwork(one);
    },
  );
});
