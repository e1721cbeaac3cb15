import '@tensorflow/tfjs-backend-cpu';
import { readFile } from 'node:fs/promises';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { LabError } from '../foundation/labError';
import { createRandom, type Random } from '../foundation/random';
import { goldenSurgery } from '../testing/goldenSurgery';
import { disposeModel } from './disposeModel';
import { exportModel } from './exportModel';
import type { NamedBytes } from './files/packModelFiles';
import { readModelFiles } from './readModelFiles';

beforeAll(async () => {
  await setBackend('cpu');
});

const here = new URL('.', import.meta.url);
const paths = [
  'checkpoints/fixtures/small-cnn.pt',
  'checkpoints/fixtures/resnet18.pth',
  'checkpoints/fixtures/resnet18-legacy.pth.tar',
  'checkpoints/fixtures/vgg11-bn.safetensors',
  'keras/fixtures/sequential.h5',
  'keras/fixtures/nested.h5',
  'keras/fixtures/functional.keras',
  'keras/fixtures/sequential.keras',
  'onnx/fixtures/plain.onnx',
  'onnx/fixtures/mobile.onnx',
];

async function load(path: string): Promise<NamedBytes> {
  return { path, bytes: new Uint8Array(await readFile(new URL(path, here))) };
}

/** A model that the lab exported, as a zip and as loose files. */
async function exported(): Promise<NamedBytes[][]> {
  const zip = await exportModel(goldenSurgery('resnet_tail').model, { modelCard: '' });
  const entries = Object.entries(unzipSync(zip)).map(([path, bytes]) => ({ path, bytes }));
  return [[{ path: 'model.zip', bytes: zip }], entries];
}

const most = 5000;

/** Reads files that may be damaged: a model, or the named error. Anything else fails the test. */
async function readDamaged(files: NamedBytes[]): Promise<'read' | 'refused'> {
  const start = performance.now();
  try {
    disposeModel(await readModelFiles(files, { answers: 'usual' }));
    return 'read';
  } catch (error) {
    if (error instanceof LabError && error.code === 'model-unreadable') return 'refused';
    throw error;
  } finally {
    expect(performance.now() - start).toBeLessThan(most);
  }
}

function cutOff({ path, bytes }: NamedBytes, random: Random): NamedBytes {
  return { path, bytes: bytes.slice(0, random.integer(bytes.length)) };
}

/** Flips bits; the first bytes, where headers are, as often as all the others. */
function flipBits({ path, bytes }: NamedBytes, random: Random): NamedBytes {
  const changed = bytes.slice();
  for (let n = 0; n < 1 + random.integer(6); n++) {
    const at = random.integer(random.integer(2) === 0 ? Math.min(2000, bytes.length) : bytes.length);
    changed[at]! ^= 1 << random.integer(8);
  }
  return { path, bytes: changed };
}

/** Changes one number or word in a JSON text to something hostile. */
function spoilJson(text: string, random: Random): string {
  const hostile = [
    '-1',
    '1e99',
    '4294967296',
    '1000000007',
    'null',
    '[]',
    '{}',
    '"x"',
    '0.5',
    '99999999999999999999',
    '"__proto__"',
  ];
  const tokens = [...text.matchAll(/-?\d+(\.\d+)?|"[^"\\]*"(?=\s*[,}\]])|true|false|null/g)];
  const token = tokens[random.integer(tokens.length)]!;
  return (
    text.slice(0, token.index) + hostile[random.integer(hostile.length)] + text.slice(token.index + token[0].length)
  );
}

function spoilEntry(file: NamedBytes, random: Random): NamedBytes {
  const entries = unzipSync(file.bytes);
  const names = Object.keys(entries).filter((name) => name.endsWith('.json'));
  const name = names[random.integer(names.length)]!;
  return {
    ...file,
    bytes: zipSync({ ...entries, [name]: strToU8(spoilJson(strFromU8(entries[name]!), random)) }, { level: 0 }),
  };
}

/** Flips bits of a file in an archive, with a checksum that fits: what lies below the zip is to notice. */
function flipInside(file: NamedBytes, random: Random): NamedBytes {
  const entries = Object.entries(unzipSync(file.bytes));
  const [path, bytes] = entries[random.integer(entries.length)]!;
  const changed = flipBits({ path, bytes }, random).bytes;
  return { ...file, bytes: zipSync({ ...Object.fromEntries(entries), [path]: changed }, { level: 0 }) };
}

function spoilSafetensors({ path, bytes }: NamedBytes, random: Random): NamedBytes {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const header = strToU8(spoilJson(strFromU8(bytes.subarray(8, 8 + length)), random));
  const changed = new Uint8Array(8 + header.length + bytes.length - 8 - length);
  new DataView(changed.buffer).setBigUint64(0, BigInt(header.length), true);
  changed.set(header, 8);
  changed.set(bytes.subarray(8 + length), 8 + header.length);
  return { path, bytes: changed };
}

/** Bytes that cannot be compressed. */
function noise(count: number): Uint8Array {
  const random = createRandom(1, 'noise');
  return Uint8Array.from({ length: count }, () => random.integer(256));
}

/** Writes another size for every file into the directory of a zip. */
function declareSizes(zip: Uint8Array, sizeBytes: number): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const [signature, sizeField] = [0x02014b50, 24];
  for (let at = 0; at + sizeField + 4 <= zip.length; at++) {
    if (view.getUint32(at, true) === signature) view.setUint32(at + sizeField, sizeBytes, true);
  }
  return zip;
}

describe('damaged and hostile model files', () => {
  it('500 of them end in a model or a named error within 5 s each, leave no tensor and stay below 2 GiB', async () => {
    const random = createRandom(1, 'malformed');
    const single = await Promise.all(paths.map(load));
    const [zipped, loose] = await exported();
    const before = memory().numTensors;
    const counts = { read: 0, refused: 0 };
    let largestBytes = 0;
    const attempt = async (files: NamedBytes[]) => {
      counts[await readDamaged(files)] += 1;
      largestBytes = Math.max(largestBytes, process.memoryUsage().rss);
    };
    for (const file of [...single, ...zipped!]) {
      for (let n = 0; n < 15; n++) await attempt([cutOff(file, random)]);
      for (let n = 0; n < 20; n++) await attempt([flipBits(file, random)]);
    }
    for (let n = 0; n < 15; n++) {
      for (const change of [cutOff, flipBits]) {
        await attempt(loose!.map((file) => (file.path === 'weights.bin' || n % 2 ? change(file, random) : file)));
      }
      await attempt(loose!.filter((_, index) => index !== n % 3));
    }
    const archives = [...zipped!, ...single.filter(({ path }) => path.endsWith('.keras'))];
    for (let n = 0; n < 30; n++) for (const file of archives) await attempt([spoilEntry(file, random)]);
    archives.push(...single.filter(({ path }) => /\.pth?$/.test(path)));
    for (let n = 0; n < 20; n++) for (const file of archives) await attempt([flipInside(file, random)]);
    for (let n = 0; n < 60; n++) await attempt([spoilSafetensors(single[3]!, random)]);
    expect(counts.read + counts.refused).toBeGreaterThanOrEqual(500);
    expect(counts.refused).toBeGreaterThan(250);
    expect(memory().numTensors).toBe(before);
    expect(largestBytes).toBeLessThan(2 * 2 ** 30);
  }, 300_000);

  it('notices a single bit of a weight that is another, by the checksum of the zip', async () => {
    for (const [path, at] of [
      ['checkpoints/fixtures/resnet18.pth', 15_500],
      ['keras/fixtures/sequential.keras', 9_000],
    ] as const) {
      const { bytes } = await load(path);
      bytes[at]! ^= 1;
      expect(await readDamaged([{ path, bytes }])).toBe('refused');
    }
  });

  it.each([
    ['small files that all say they are 200 MiB', 6, noise(200_000), 200 * 2 ** 20],
    ['a file that says it is 2 GiB', 1, new Uint8Array(1000), 2 ** 31],
    ['a file of 20 MiB that says it has 100 bytes', 1, new Uint8Array(20 * 2 ** 20), 100],
  ])('refuses a zip with %s', async (_name, count, content, declaredBytes) => {
    const files = Object.fromEntries(Array.from({ length: count }, (_, n) => [`${n}.bin`, content]));
    const bytes = declareSizes(zipSync(files, { level: 1 }), declaredBytes);
    for (const path of ['model.zip', 'model.keras', 'model.pth']) {
      expect(await readDamaged([{ path, bytes }])).toBe('refused');
    }
    expect(process.memoryUsage().rss).toBeLessThan(2 * 2 ** 30);
  });

  it.each([
    ['filters', 2_000_000_000],
    ['kernelSize', [30_000, 30_000]],
    ['batchInputShape', [null, 2_000_000, 2_000_000, 3]],
  ])('refuses a network whose %s is %j before it is built', async (setting, value) => {
    const [, files] = await exported();
    const changed = files!.map((file) => {
      if (file.path !== 'model.json') return file;
      const words = setting.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
      const text = strFromU8(file.bytes).replace(
        new RegExp(`"${words}":(\\[[^\\]]*\\]|[^,}]+)`),
        `"${words}":${JSON.stringify(value)}`,
      );
      return { ...file, bytes: strToU8(text) };
    });
    expect(await readDamaged(changed)).toBe('refused');
  });

  it('refuses a network whose layers read themselves or none that is there, where tfjs would wait for ever', async () => {
    const [, files] = await exported();
    for (const [from, to] of [
      ['"b0conv1",0,0', '"fc",0,0'],
      ['"b0conv1",0,0', '"nowhere",0,0'],
    ]) {
      const changed = files!.map((file) =>
        file.path === 'model.json' ? { ...file, bytes: strToU8(strFromU8(file.bytes).replace(from!, to!)) } : file,
      );
      expect(await readDamaged(changed)).toBe('refused');
    }
  });

  it.each<[string, Record<string, Uint8Array>, string]>([
    ['a description of 20 MB of brackets', { 'model.json': new Uint8Array(20_000_000).fill(0x5b) }, 'model.zip'],
    ['a pickle of 20 million lists', { 'a/data.pkl': new Uint8Array(20_000_000).fill(0x5d) }, 'model.pth'],
    [
      'a Keras archive with a description of 20 MB',
      { 'config.json': new Uint8Array(20_000_000).fill(0x5b), 'metadata.json': strToU8('{}') },
      'model.keras',
    ],
  ])('refuses %s in a small zip', async (_name, files, path) => {
    const bytes = zipSync(files, { level: 9 });
    expect(bytes.length).toBeLessThan(100_000);
    expect(await readDamaged([{ path, bytes }])).toBe('refused');
    expect(process.memoryUsage().rss).toBeLessThan(2 * 2 ** 30);
  });

  it('refuses JSON that is nested without end', async () => {
    const text = `{"format":"layers-model","modelTopology":${'['.repeat(200_000)}`;
    expect(await readDamaged([{ path: 'model.json', bytes: strToU8(text) }])).toBe('refused');
    const closed = `{"format":"layers-model","modelTopology":{"a":${'['.repeat(20_000)}${']'.repeat(20_000)}},"weightsManifest":[]}`;
    expect(await readDamaged([{ path: 'model.json', bytes: strToU8(closed) }])).toBe('refused');
  });
});
