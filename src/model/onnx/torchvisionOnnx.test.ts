import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tensor4d } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { startWasmAndCpu } from '../../testing/computeOn';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { onnxLogits } from '../../testing/onnxLogits';
import { disposeModel } from '../disposeModel';
import type { LabModel } from '../labModel';
import { readModelFiles } from '../readModelFiles';
import { applyPruning } from '../surgery/applyPruning';
import { maskChannels } from '../surgery/maskChannels';
import { planPruning } from '../surgery/planPruning';
import { exportOnnx } from './exportOnnx';

/** A Python that has PyTorch and torchvision, such as Debian's /usr/bin/python3. Without it these tests cannot be run. */
const python = process.env.LAB_PYTHON;
const side = 64;
const names = ['resnet18', 'mobilenet_v3_small', 'shufflenet_v2_x0_5', 'densenet121', 'googlenet', 'efficientnet_b0'];

describe.runIf(python)('torchvision’s networks at full width, as torch.onnx.export writes them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-onnx-'));
  beforeAll(async () => {
    const script = fileURLToPath(new URL('fixtures/makeFullOnnx.py', import.meta.url));
    execFileSync(python!, [script, folder, ...names, 'convnext_tiny']);
    await startWasmAndCpu();
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  const load = (name: string) => {
    const path = `${name}.onnx`;
    return readModelFiles([{ path, bytes: new Uint8Array(readFileSync(join(folder, path))) }]);
  };
  const imagesOf = (name: string) => {
    const pixels = new Float32Array(new Uint8Array(readFileSync(join(folder, `${name}.images`))).buffer);
    return tensor4d(pixels, [2, side, side, 3]);
  };
  const inOnnx = async (model: LabModel, images: ReturnType<typeof imagesOf>) => {
    const [file] = await exportOnnx(model);
    return onnxLogits(file!.bytes, images);
  };

  it.each(names)(
    '%s: read, and written again, it gives PyTorch’s logits',
    async (name) => {
      const images = imagesOf(name);
      const expected: number[][] = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
      const largest = Math.max(...expected.flat().map(Math.abs));
      const model = await load(name);
      const errors = {
        read: largestDifference(logitsOf(model, images), expected) / largest,
        written: largestDifference(await inOnnx(model, images), expected) / largest,
      };
      console.warn(name, errors);
      expect(Math.max(...Object.values(errors))).toBeLessThan(1e-5);
      disposeModel(model);
      images.dispose();
    },
    600_000,
  );

  it.each(['layer4.1.conv2', 'layer2.0.conv1'])(
    'ResNet-18 with channels of %s removed is its silent twin, also in ONNX Runtime',
    async (layer) => {
      const images = imagesOf('resnet18');
      const model = await load('resnet18');
      const plan = planPruning(model, { [layer]: [0, 7, 100] });
      const pruned = applyPruning(model, plan, modelId('pruned'));
      const masked = maskChannels(model, plan);
      const expected = logitsOf(masked, images);
      const largest = Math.max(...expected.flat().map(Math.abs));
      expect(largestDifference(logitsOf(pruned, images), expected) / largest).toBeLessThan(1e-5);
      expect(largestDifference(await inOnnx(pruned, images), expected) / largest).toBeLessThan(1e-5);
      for (const made of [model, pruned, masked]) disposeModel(made);
      images.dispose();
    },
    600_000,
  );

  it('ConvNeXt is refused by the node that layers cannot do', async () => {
    await expect(load('convnext_tiny')).rejects.toMatchObject({
      code: 'model-unreadable',
      message: expect.stringContaining('ReduceMean "/features/features.0/features.0.1/ReduceMean"'),
    });
  }, 60_000);
});
