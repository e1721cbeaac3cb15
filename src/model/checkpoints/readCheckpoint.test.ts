import '@tensorflow/tfjs-backend-cpu';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dispose, memory, setBackend, type Tensor2D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedBytes } from '../files/packModelFiles';
import { writeSafetensors } from '../pytorch/writeSafetensors';
import { isCheckpoint, readCheckpoint } from './readCheckpoint';
import { readPyTorch } from './readPyTorch';
import { readSafetensors } from './readSafetensors';

beforeAll(async () => {
  await setBackend('cpu');
});

const folder = new URL('fixtures/', import.meta.url);
async function fixture(path: string): Promise<NamedBytes> {
  return { path, bytes: new Uint8Array(await readFile(new URL(path, folder))) };
}

/** The images of `makeCheckpoints.py`. */
function wave(size: number) {
  const values = Float32Array.from({ length: 2 * size * size * 3 }, (_, i) => Math.sin(0.37 * i * i + 1.7 * i));
  return tensor4d(values, [2, size, size, 3]);
}

const unreadable = (part: string) =>
  expect.objectContaining({ code: 'model-unreadable', message: expect.stringContaining(part) });

describe('readCheckpoint', () => {
  it.each([
    ['vgg11.pth', 64, 'VGG-11 with dense layers', 'PyTorch checkpoint (zip)'],
    ['vgg11.pth', 128, 'VGG-11 with dense layers', 'PyTorch checkpoint (zip)'],
    ['vgg11.pth', 224, 'VGG-11 with dense layers', 'PyTorch checkpoint (zip)'],
    ['vgg11-bn.safetensors', 64, 'VGG-11-BN with dense layers', 'safetensors'],
    ['resnet18.pth', 64, 'ResNet-18', 'PyTorch checkpoint (zip)'],
    ['resnet18.pth', 128, 'ResNet-18', 'PyTorch checkpoint (zip)'],
    ['resnet18-legacy.pth.tar', 64, 'ResNet-18', 'PyTorch checkpoint (legacy)'],
    ['resnet18-renamed.pt', 64, 'ResNet-18', 'PyTorch checkpoint (zip)'],
    ['resnet20.pt', 32, 'ResNet-20 for small images', 'PyTorch checkpoint (zip)'],
    ['resnet18-cifar.pt', 32, 'ResNet-18 for small images', 'PyTorch checkpoint (zip)'],
    ['small-cnn.pt', 32, 'Small CNN with global average pooling', 'PyTorch checkpoint (zip)'],
  ])('%s gives PyTorch’s logits at %i pixels', async (path, size, architecture, format) => {
    const expected: Record<string, Record<string, number[][]>> = JSON.parse(
      await readFile(new URL('logits.json', folder), 'utf8'),
    );
    const file = await fixture(path);
    expect(isCheckpoint(file)).toBe(true);
    const { network, name, report } = await readCheckpoint(file, { imageSize: size });
    expect(name).toBe(architecture);
    expect(report.format).toBe(format);
    const logits = tidy(() => (network.predict(wave(size)) as Tensor2D).arraySync());
    const due = expected[path]![size]!;
    const largest = Math.max(...due.flat().map(Math.abs));
    const errors = logits.flatMap((row, i) => row.map((logit, j) => Math.abs(logit - due[i]![j]!)));
    expect(Math.max(...errors) / largest).toBeLessThan(1e-4);
    network.dispose();
  });

  it('reports every layer: mapped, repaired, or unused', async () => {
    const { network, report } = await readCheckpoint(await fixture('resnet18-legacy.pth.tar'));
    expect(report.found).toBe('ResNet-18 for 224-pixel images; weights under "state_dict", names without "module.".');
    expect(report.lines).toContainEqual({ layer: 'layer4.0.downsample.1', status: 'mapped', detail: 'same name' });
    expect(report.lines.at(-1)).toEqual({
      layer: 'num_batches_tracked',
      status: 'unused',
      detail: '20 counters of batches',
    });
    network.dispose();
    const vgg = await readCheckpoint(await fixture('vgg11.pth'), { imageSize: 64 });
    expect(vgg.report.lines).toContainEqual({
      layer: 'fc1',
      status: 'repaired',
      detail: 'from "classifier.0"; the average pooling of 2×2 maps to 7×7 was taken into its weights',
    });
    vgg.network.dispose();
    const small = await readCheckpoint(await fixture('resnet20.pt'));
    expect(small.report.lines.filter(({ status }) => status === 'repaired').map(({ layer }) => layer)).toEqual([
      'layer2.0.downsample.select',
      'layer3.0.downsample.select',
    ]);
    small.network.dispose();
  });

  it('runs nothing in a pickle: a call of os.system is only a name', async () => {
    await expect(readPyTorch({ path: 'x', bytes: new Uint8Array() })).rejects.toThrow(unreadable('data.pkl'));
    const harmful = await fixture('harmful.pth');
    await expect(readCheckpoint(harmful)).rejects.toThrow(unreadable('no dictionary of weights'));
    expect(existsSync('harmful-was-run')).toBe(false);
  });

  it('refuses a weight that is not a number, with its name and place', async () => {
    const { weights } = await readPyTorch(await fixture('resnet20.pt'));
    weights.get('layer1.0.bn1.weight')!.values[2] = Number.NaN;
    const file = { path: 'broken.safetensors', bytes: writeSafetensors(weights) };
    await expect(readCheckpoint(file)).rejects.toThrow(unreadable('"layer1.0.bn1.weight" holds NaN at position 2'));
  });

  it('refuses a missing weight, one that does not fit, and a network that it does not know', async () => {
    const { weights } = await readPyTorch(await fixture('resnet20.pt'));
    const without = new Map([...weights].filter(([name]) => name !== 'layer2.1.bn2.running_var'));
    const pack = (state: typeof weights) => ({ path: 'a.safetensors', bytes: writeSafetensors(state) });
    await expect(readCheckpoint(pack(without))).rejects.toThrow(unreadable('"layer2.1.bn2.running_var" is missing'));
    const bias = new Map([...weights].filter(([name]) => name !== 'linear.bias'));
    await expect(readCheckpoint(pack(bias))).rejects.toThrow(unreadable('"linear.bias" is missing'));
    const wide = new Map(weights).set('layer1.1.conv2.weight', { shape: [4, 5, 3, 3], values: new Float32Array(180) });
    await expect(readCheckpoint(pack(wide))).rejects.toThrow(unreadable('which does not fit "layer1.1.conv2"'));
    const other = new Map([...weights].filter(([name]) => name.startsWith('layer1')));
    await expect(readCheckpoint(pack(other))).rejects.toThrow(unreadable('fit no architecture'));
  });

  it('leaves no tensor behind, whether it succeeds or fails', async () => {
    const file = await fixture('resnet20.pt');
    const before = memory().numTensors;
    const { network } = await readCheckpoint(file);
    network.dispose();
    const { weights } = await readPyTorch(file);
    weights.delete('linear.bias');
    await expect(readCheckpoint({ path: 'a.safetensors', bytes: writeSafetensors(weights) })).rejects.toThrow(
      unreadable('missing'),
    );
    dispose([]);
    expect(memory().numTensors).toBe(before);
  });
});

it('safetensors come back as they were written', () => {
  const weights = new Map([
    ['a.weight', { shape: [2, 2], values: Float32Array.of(1, -2.5, 3e-8, 4) }],
    ['b', { shape: [], values: Float32Array.of(7) }],
  ]);
  expect(readSafetensors({ path: 'x', bytes: writeSafetensors(weights, { name: 'a “name”' }) })).toEqual(weights);
});
