import { readFileSync } from 'node:fs';
import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAsker } from '../../foundation/openQuestion';
import { relativeError, startWasmAndCpu, valuesOn } from '../../testing/computeOn';
import { buildLoadedNetwork } from '../files/buildLoadedNetwork';
import { disposeLoaded } from '../files/disposeLoaded';

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
  const phase = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
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
  return (await buildLoadedNetwork(found, values, { kerasMajor: keras, asker: createAsker() })).network;
}

beforeAll(startWasmAndCpu);

describe.each(['cpu', 'wasm'] as const)("each layer gives on %s what Keras' definition gives", (backend) => {
  it.each(cases.map((layerCase) => [layerCase.name, layerCase] as const))('%s', async (_name, layerCase) => {
    const network = await build(layerCase);
    let shape: number[] = [];
    const [values] = await valuesOn(backend, () => {
      const images = tensor(
        wave(2 * sizeOf(layerCase.input)).map((value) => 3 * value),
        [2, ...layerCase.input],
      );
      const output = network.predict(images) as Tensor;
      shape = output.shape;
      return [output];
    });
    disposeLoaded(network);
    expect(shape).toEqual(layerCase.shape);
    expect(relativeError(values!, layerCase.values)).toBeLessThan(tolerance);
  });
});
