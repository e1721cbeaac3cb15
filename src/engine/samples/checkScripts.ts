/** `check_samples.mjs`: the samples of an export through plain TensorFlow.js in Node. Other code may call `checkSamples`. */
export const checkWithTfjs = `// Compares what plain TensorFlow.js computes on the images in samples/ with samples/samples.csv.
//
//     npm install @tensorflow/tfjs && node check_samples.mjs

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';

const tolerance = 1e-3;

/** Largest difference of a logit, relative to the largest logit where that is above 1. folder: a URL that ends in "/". */
export async function checkSamples(tf, folder) {
  const read = (name) => readFileSync(new URL(name, folder));
  const { modelTopology, weightsManifest } = JSON.parse(read('model.json'));
  const weights = Uint8Array.from(read('weights.bin')).buffer;
  const handler = tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData: weights });
  const network = await tf.loadLayersModel(handler);
  const { channels, imageSize, mean, std } = JSON.parse(read('preprocessing.json'));
  const order = mean.length === 1 ? [0] : channels === 'BGR' ? [2, 1, 0] : [0, 1, 2];
  const rows = read('samples/samples.csv').toString().trim().split('\\n').slice(-countSamples(folder));
  let [difference, scale] = [0, 1];
  for (const [name, ...expected] of rows.map((row) => row.split(','))) {
    const pixels = readPng(read('samples/' + name), imageSize);
    const input = Float32Array.from({ length: imageSize * imageSize * order.length }, (_, i) => {
      const channel = i % order.length;
      const pixel = pixels[Math.floor(i / order.length) * 3 + order[channel]];
      return (pixel / 255 - mean[channel]) / std[channel];
    });
    const images = tf.tensor4d(input, [1, imageSize, imageSize, order.length]);
    // A network that takes the group of each image finds its number in the last column.
    const takesGroup = network.inputs.length > 1;
    const output = network.predict(takesGroup ? [images, tf.tensor2d([[Number(expected.at(-1))]], [1, 1], 'int32')] : images);
    for (const [index, logit] of [...(await output.data())].entries()) {
      difference = Math.max(difference, Math.abs(logit - Number(expected[index])));
      scale = Math.max(scale, Math.abs(Number(expected[index])));
    }
  }
  return { images: rows.length, largestDifference: difference / scale };
}

/** Rows of the table are counted from its end: a class's name in its header may hold anything. */
function countSamples(folder) {
  let count = 0;
  for (;;) {
    try {
      readFileSync(new URL('samples/sample-' + (count + 1) + '.png', folder));
      count += 1;
    } catch {
      return count;
    }
  }
}

/** Pixels of a PNG of 8-bit colours without filters, as the samples are written. */
function readPng(bytes, size) {
  const data = [];
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = inflateSync(Buffer.concat(data));
  const row = size * 3 + 1;
  if (raw.length !== row * size) throw new Error('A sample has another size or kind than it was written with.');
  return Buffer.concat(Array.from({ length: size }, (_, y) => raw.subarray(y * row + 1, (y + 1) * row)));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const tf = await import('@tensorflow/tfjs');
  const { images, largestDifference } = await checkSamples(tf, new URL('./', import.meta.url));
  const agrees = largestDifference <= tolerance;
  console.log((agrees ? 'verified' : 'NOT the same') + ' on ' + images + ' images, largest difference ' + largestDifference);
  process.exitCode = agrees ? 0 : 1;
}
`;

/** `check_samples.py`: the samples of an export through the PyTorch module of `load_model.py`. */
export const checkWithPyTorch = `"""Compares what the PyTorch module computes on the images in samples/ with samples/samples.csv.

    python check_samples.py
"""

import json
import pathlib
import struct
import sys
import zlib

import torch

from load_model import load

TOLERANCE = 1e-3
FOLDER = pathlib.Path(__file__).parent


def read_png(path, size):
    """Pixels [size, size, 3] of a PNG of 8-bit colours without filters, as the samples are written."""
    data, at, parts = path.read_bytes(), 8, []
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        if data[at + 4 : at + 8] == b"IDAT":
            parts.append(data[at + 8 : at + 8 + length])
        at += 12 + length
    raw = zlib.decompress(b"".join(parts))
    row = size * 3 + 1
    if len(raw) != row * size:
        raise ValueError(f"{path.name} has another size or kind than it was written with")
    pixels = b"".join(raw[y * row + 1 : (y + 1) * row] for y in range(size))
    return torch.tensor(list(pixels), dtype=torch.float32).reshape(size, size, 3)


def main():
    use = json.loads((FOLDER / "preprocessing.json").read_text())
    mean, std, size = torch.tensor(use["mean"]), torch.tensor(use["std"]), use["imageSize"]
    order = [0] if len(mean) == 1 else [2, 1, 0] if use["channels"] == "BGR" else [0, 1, 2]
    names = sorted(path.name for path in (FOLDER / "samples").glob("sample-*.png"))
    # Rows are counted from the end: a class's name in the header may hold anything.
    rows = (FOLDER / "samples" / "samples.csv").read_text().strip().split("\\n")[-len(names) :]
    network, difference, scale = load(), 0.0, 1.0
    for name, *expected in (row.split(",") for row in rows):
        pixels = read_png(FOLDER / "samples" / name, size)[:, :, order]
        with torch.no_grad():
            logits = network(((pixels / 255 - mean) / std).permute(2, 0, 1)[None])[0]
        logits_expected = torch.tensor([float(value) for value in expected])
        difference = max(difference, float((logits - logits_expected).abs().max()))
        scale = max(scale, float(logits_expected.abs().max()))
    agrees = difference / scale <= TOLERANCE
    print(f"{'verified' if agrees else 'NOT the same'} on {len(rows)} images, largest difference {difference / scale}")
    sys.exit(0 if agrees else 1)


if __name__ == "__main__":
    main()
`;
