import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tensor4d } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelId } from '../../foundation/ids';
import { startWasmAndCpu } from '../../testing/computeOn';
import { largestDifference, logitsOf } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import type { LabModel } from '../labModel';
import { readModelFiles } from '../readModelFiles';
import { applyPruning } from '../surgery/applyPruning';
import { planPruning } from '../surgery/planPruning';
import { exportPyTorch } from './exportPyTorch';

/** A Python that has PyTorch and torchvision, such as Debian's /usr/bin/python3. Without it these tests cannot be run. */
const python = process.env.LAB_PYTHON;

/** Prints the logits of load_model.py, or, told a name, of torchvision's own network with the exported weights. */
const run = `import json, sys, torch, torchvision
from load_model import load, read_safetensors
images, size, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
net = load()
if name:
    net = getattr(torchvision.models, name)(num_classes=7).eval()
    weights = read_safetensors("model.safetensors")
    counters = {key: value for key, value in net.state_dict().items() if key.endswith("num_batches_tracked")}
    net.load_state_dict({**weights, **counters}, strict=True)
pixels = torch.frombuffer(bytearray(open(images, "rb").read()), dtype=torch.float32).reshape(2, size, size, 3)
with torch.no_grad():
    print(json.dumps(net(pixels.permute(0, 3, 1, 2)).tolist()))
`;

describe.runIf(python)('torchvision’s networks at full width, there and back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lab-torchvision-'));
  beforeAll(async () => {
    const script = fileURLToPath(new URL('../checkpoints/fixtures/makeFullNets.py', import.meta.url));
    execFileSync(python!, [script, folder]);
    writeFileSync(join(folder, 'run.py'), run);
    await startWasmAndCpu();
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  async function logitsInPyTorch(model: LabModel, images: string, torchvisionName = ''): Promise<number[][]> {
    for (const { path, bytes } of await exportPyTorch(model)) writeFileSync(join(folder, path), bytes);
    const size = String(model.preprocessing.imageSize);
    const printed = execFileSync(python!, ['run.py', images, size, torchvisionName], { cwd: folder, encoding: 'utf8' });
    return JSON.parse(printed);
  }

  it.each(
    [128, 224].flatMap((size) => [
      ['vgg11', size, 'conv8'] as const,
      ['vgg11_bn', size, 'conv8'] as const,
      ['resnet18', size, 'layer4.1.conv2'] as const,
    ]),
  )(
    '%s at %i pixels: imported, exported and exported pruned, the logits stay',
    async (name, size, layer) => {
      const imagesPath = join(folder, `${name}-${size}.images`);
      const pixels = new Float32Array(new Uint8Array(readFileSync(imagesPath)).buffer);
      const images = tensor4d(pixels, [2, size, size, 3]);
      const inTorchvision: number[][] = JSON.parse(readFileSync(join(folder, `${name}-${size}.json`), 'utf8'));
      const largest = Math.max(...inTorchvision.flat().map(Math.abs));
      const errors: Record<string, number> = {};

      const bytes = new Uint8Array(readFileSync(join(folder, `${name}.pth`)));
      const model = await readModelFiles([{ path: `${name}.pth`, bytes }], { imageSize: size, answers: 'usual' });
      errors.imported = largestDifference(logitsOf(model, images), inTorchvision) / largest;
      // VGG pools to 7×7 before its dense layers; for other sizes of maps that is in the weights, which then have other shapes.
      const isTorchvisions = name === 'resnet18' || size === 224;
      const back = await logitsInPyTorch(model, imagesPath, isTorchvisions ? name : '');
      errors.exported = largestDifference(back, inTorchvision) / largest;

      const pruned = applyPruning(model, planPruning(model, { [layer]: [0, 7, 100, 511] }), modelId('pruned'));
      disposeModel(model);
      const prunedHere = logitsOf(pruned, images);
      errors.pruned = largestDifference(await logitsInPyTorch(pruned, imagesPath), prunedHere) / largest;
      disposeModel(pruned);
      images.dispose();
      console.warn(name, size, errors);
      expect(Math.max(...Object.values(errors))).toBeLessThan(1e-4);
    },
    600_000,
  );
});
