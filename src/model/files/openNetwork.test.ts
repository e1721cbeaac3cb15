import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { setBackend } from '@tensorflow/tfjs-core';
import { strToU8, zipSync } from 'fflate';
import { beforeAll, expect, it } from 'vitest';
import { goldenSurgery } from '../../testing/goldenSurgery';
import { disposeModel } from '../disposeModel';
import { exportModel } from '../exportModel';
import { readModelFiles } from '../readModelFiles';
import type { NamedBytes } from './packModelFiles';

beforeAll(async () => {
  await setBackend('cpu');
});

const here = new URL('..', import.meta.url);
async function fixture(path: string): Promise<Uint8Array> {
  return new Uint8Array(await readFile(new URL(path, here)));
}

async function formatOf(files: NamedBytes[]): Promise<string | undefined> {
  const model = await readModelFiles(files, { imageSize: 32, answers: 'usual' });
  disposeModel(model);
  return model.importReport?.format;
}

it.each([
  ['checkpoints/fixtures/small-cnn.pt', 'weights.safetensors', 'PyTorch checkpoint (zip)'],
  ['checkpoints/fixtures/small-cnn.pt', 'weights.zip', 'PyTorch checkpoint (zip)'],
  ['checkpoints/fixtures/small-cnn.pt', 'weights', 'PyTorch checkpoint (zip)'],
  ['checkpoints/fixtures/vgg11-bn.safetensors', 'weights.pth', 'safetensors'],
  ['keras/fixtures/functional.keras', 'network.pth', 'Keras 3 archive (.keras)'],
  ['keras/fixtures/sequential.h5', 'network.keras', 'Keras HDF5 (.h5)'],
])('%s is read by its content when it is called %s', async (path, name, format) => {
  expect(await formatOf([{ path: name, bytes: await fixture(path) }])).toBe(format);
});

it('a zip that the lab exported is read whatever it is called, and so is a checkpoint in a zip', async () => {
  const exported = await exportModel(goldenSurgery('vgg_bn_gap').model, { modelCard: '' });
  disposeModel(await readModelFiles([{ path: 'model.pth', bytes: exported }]));
  const zip = zipSync({
    'run/best.pt': await fixture('checkpoints/fixtures/small-cnn.pt'),
    'run/log.txt': strToU8('0'),
  });
  expect(await formatOf([{ path: 'run.zip', bytes: zip }])).toBe('PyTorch checkpoint (zip)');
});

it('asks which of several files holds the network', async () => {
  const files = [
    { path: 'a.pt', bytes: await fixture('checkpoints/fixtures/small-cnn.pt') },
    { path: 'b.safetensors', bytes: await fixture('checkpoints/fixtures/vgg11-bn.safetensors') },
  ];
  await expect(readModelFiles(files)).rejects.toMatchObject({
    code: 'needs-answers',
    questions: expect.arrayContaining([expect.objectContaining({ key: 'file' })]),
  });
});

const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 44780416\n';
const tar = new Uint8Array(1024);
tar.set(strToU8('model/weights.bin'));
tar.set(strToU8('ustar'), 257);

it.each<[string, Uint8Array, string]>([
  ['model.safetensors', strToU8(pointer), 'a pointer of Git LFS'],
  ['model.h5', strToU8(pointer), 'a pointer of Git LFS'],
  ['model.json', strToU8(pointer), 'a pointer of Git LFS'],
  ['model.pth', strToU8('\uFEFF\n<!DOCTYPE html>\n<html><body>Sign in</body></html>'), 'a web page'],
  ['model.keras', strToU8('<html lang="en"></html>'), 'a web page'],
  ['model.pth.gz', new Uint8Array(gzipSync('weights')), 'packed with gzip'],
  ['model.pth', new Uint8Array(gzipSync('weights')), 'packed with gzip'],
  ['model.pth.tar', tar, 'a tar archive'],
  ['model.h5', tar, 'a tar archive'],
  ['model.pt', Uint8Array.of(0x80, 4, 0x95, 0, 0, 0, 0, 0, 0, 0, 0, 0x2e), 'a plain Python pickle'],
  ['model.pth', new Uint8Array(), 'it is empty'],
])('%s is refused for what it is', async (path, bytes, part) => {
  await expect(readModelFiles([{ path, bytes }])).rejects.toMatchObject({
    code: 'model-unreadable',
    message: expect.stringContaining(part),
  });
});

it('a pointer of Git LFS in place of one weight file of a model is named', async () => {
  const files = [
    { path: 'net/model.json', bytes: strToU8('{"format":"layers-model","modelTopology":{},"weightsManifest":[]}') },
    { path: 'net/weights.bin', bytes: strToU8(pointer) },
  ];
  await expect(readModelFiles(files)).rejects.toThrow('net/weights.bin cannot be used: it is a pointer of Git LFS');
});

it('web pages and texts beside a model do not stand in its way', async () => {
  const files = [
    { path: 'run/README.html', bytes: strToU8('<html></html>') },
    { path: 'run/best.pt', bytes: await fixture('checkpoints/fixtures/small-cnn.pt') },
  ];
  expect(await formatOf(files)).toBe('PyTorch checkpoint (zip)');
});
