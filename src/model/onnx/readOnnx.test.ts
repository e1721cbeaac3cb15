import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { setBackend, type Tensor2D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAsker } from '../../foundation/openQuestion';
import { largestDifference } from '../../testing/goldenSurgery';
import { disposeLoaded } from '../files/disposeLoaded';
import { openNetwork } from '../files/openNetwork';
import type { NamedBytes } from '../files/packModelFiles';
import { normalizeTopology } from '../normalizeTopology';

beforeAll(async () => {
  await setBackend('cpu');
});

interface Expected {
  size: number;
  channels: number;
  opset: number;
  logits: number[][];
}

const folder = new URL('fixtures/', import.meta.url);
async function fixture(name: string): Promise<NamedBytes> {
  return { path: `${name}.onnx`, bytes: new Uint8Array(await readFile(new URL(`${name}.onnx`, folder))) };
}
async function expectedOf(name: string): Promise<Expected> {
  const all: Record<string, Expected> = JSON.parse(await readFile(new URL('logits.json', folder), 'utf8'));
  return all[name]!;
}

/** The images of `makeOnnx.py`. */
function wave(size: number, channels: number) {
  const values = Float32Array.from({ length: 2 * size * size * channels }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i));
  return tensor4d(values, [2, size, size, channels]);
}

/** The network in the lab's form, and its report. */
async function open(name: string, imageSize: number) {
  const opened = await openNetwork([await fixture(name)], { imageSize, asker: createAsker() });
  const { network } = normalizeTopology(opened.network);
  if (network !== opened.network) disposeLoaded(opened.network);
  return { ...opened, network };
}

describe('reading ONNX files', () => {
  it.each(['resnet', 'resnet-norms', 'plain', 'groups', 'mobile', 'shuffle', 'padded-skip'])(
    '%s.onnx gives PyTorch’s logits',
    async (name) => {
      const { size, channels, logits, opset } = await expectedOf(name);
      const { network, report } = await open(name, size);
      const found = tidy(() => (network.predict(wave(size, channels)) as Tensor2D).arraySync());
      const largest = Math.max(...logits.flat().map(Math.abs));
      expect(report.format).toBe(`ONNX, opset ${opset}`);
      expect(largestDifference(found, logits) / largest).toBeLessThan(1e-5);
      disposeLoaded(network);
    },
  );
});
