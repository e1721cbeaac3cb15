import { type Tensor4D, tidy, transpose } from '@tensorflow/tfjs-core';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';

env.wasm.numThreads = 1;

/** What ONNX Runtime gives for an ONNX file, row by row: the judge of what the lab reads and writes. */
export async function onnxLogits(
  bytes: Uint8Array,
  images: Tensor4D,
  order: 'bchw' | 'bhwc' = 'bchw',
): Promise<number[][]> {
  const session = await InferenceSession.create(bytes);
  const perm = order === 'bchw' ? [0, 3, 1, 2] : [0, 1, 2, 3];
  const dims = perm.map((axis) => images.shape[axis]!);
  const values = tidy(() => transpose(images, perm).dataSync<'float32'>().slice());
  const found = await session.run({ [session.inputNames[0]!]: new Tensor('float32', values, dims) });
  const output = found[session.outputNames[0]!]!;
  const all = Array.from(output.data as Float32Array);
  await session.release();
  const [count = 0, classes = 0] = output.dims;
  return Array.from({ length: count }, (_, row) => all.slice(row * classes, (row + 1) * classes));
}
