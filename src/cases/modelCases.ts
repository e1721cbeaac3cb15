import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { softmax, type Tensor, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { PNG } from 'pngjs';
import { pixelsToInput } from '../dataset/batches/readBatch';
import { LabError } from '../foundation/labError';
import type { Answers, OpenQuestion } from '../foundation/openQuestion';
import { disposeModel } from '../model/disposeModel';
import type { NamedBytes } from '../model/files/packModelFiles';
import type { LabModel, PixelScale } from '../model/labModel';
import { channelCount, presetScale } from '../model/preprocessing';
import { readModelFiles } from '../model/readModelFiles';
import type { CaseRow } from './caseRow';

/** The folders of models, and what the references beside them were computed on. */
const kinds = [
  { folder: 'models', images: 's16', imageSize: 16 },
  { folder: 'tfjs', images: 's16', imageSize: 16 },
  { folder: 'torch', images: 's32', imageSize: 32 },
] as const;
type CaseKind = (typeof kinds)[number];

const referenceEnding = '.ref.csv';
/** Largest difference of a probability that counts as equal. */
const tolerance = 1e-4;
/** Combinations of answers that are tried, to see whether one of them gives the reference's numbers. */
const mostCombinations = 400;

interface ModelCase {
  file: string;
  files: NamedBytes[];
  /** Softmax outputs, a row per image; null when there is no reference. */
  reference: number[][] | null;
}

/**
 * Reads every model below a folder and compares its outputs with the reference beside it: `NAME.ref.csv`, one row of
 * probabilities per image of `imgs/s16` or `imgs/s32`, in the order of the images' names. Pixels go in as the file itself
 * says, else as 0 … 1. A model that leaves something open is read once more with every combination of the usual answers.
 */
export async function checkModelCases(folder: string): Promise<CaseRow[]> {
  const rows: CaseRow[] = [];
  for (const kind of kinds) {
    if (!existsSync(join(folder, kind.folder))) continue;
    const images = await readImages(join(folder, 'imgs', kind.images));
    for (const modelCase of await listCases(folder, kind)) rows.push(await checkCase(modelCase, kind, images));
  }
  return rows;
}

async function listCases(folder: string, { folder: kind }: CaseKind): Promise<ModelCase[]> {
  const entries = await readdir(join(folder, kind), { withFileTypes: true });
  const names = entries.map(({ name }) => name).filter((name) => !name.endsWith(referenceEnding));
  return Promise.all(
    names.toSorted().map(async (name): Promise<ModelCase> => {
      const path = join(folder, kind, name);
      const isFolder = entries.find((entry) => entry.name === name)!.isDirectory();
      const inside = isFolder ? (await readdir(path)).filter((file) => !file.endsWith(referenceEnding)) : [];
      const paths = isFolder ? inside.map((file) => join(path, file)) : [path];
      const files = paths.map(async (file) => ({
        path: file.slice(join(folder, kind).length + 1),
        bytes: new Uint8Array(await readFile(file)),
      }));
      const reference = [path, ...paths].map((file) => file + referenceEnding).find((file) => existsSync(file));
      return {
        file: `${kind}/${name}`,
        files: await Promise.all(files),
        reference: reference ? parseReference(await readFile(reference, 'utf8')) : null,
      };
    }),
  );
}

/** A single probability is that of the second of two classes, as a sigmoid gives it. */
function parseReference(text: string): number[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rows = lines.map((line) => line.split(',').map(Number));
  return rows.map((row) => (row.length === 1 ? [1 - row[0]!, row[0]!] : row));
}

/** Pixels of the PNGs of a folder in the order of their names, row-major [n, side, side, 3]. */
async function readImages(folder: string): Promise<Uint8Array> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.png')).toSorted();
  const images = await Promise.all(names.map(async (name) => PNG.sync.read(await readFile(join(folder, name))).data));
  return Uint8Array.from(images.flatMap((rgba) => [...rgba].filter((_, index) => index % 4 !== 3)));
}

async function checkCase(modelCase: ModelCase, kind: CaseKind, images: Uint8Array): Promise<CaseRow> {
  const { file, reference } = modelCase;
  const expected = reference ? `${reference.length} × ${reference[0]!.length} probabilities` : 'no reference';
  const tried = await tryAnswers(modelCase, kind, images, undefined);
  if (!(tried instanceof LabError)) return { file, expected, ...judge(tried, modelCase) };
  if (tried.code !== 'needs-answers') {
    return { file, expected, got: `${tried.code}: ${tried.message}`, verdict: 'refused' };
  }
  const keys = tried.questions!.map(({ key }) => key).join(', ');
  const fitting = reference ? await findAnswers(tried.questions!, modelCase, kind, images) : null;
  return { file, expected, got: `asks for ${keys}${fitting ? `; ${fitting}` : ''}`, verdict: 'asks' };
}

function judge(outputs: number[][], { reference }: ModelCase): Pick<CaseRow, 'got' | 'verdict'> {
  if (!reference) return { got: 'loads', verdict: 'unjudged' };
  const difference = largestDifference(outputs, reference);
  const got = `largest difference ${difference.toExponential(1)}`;
  return { got, verdict: difference <= tolerance ? 'equal' : 'silent' };
}

/** Whether some combination of the usual answers gives the reference's numbers; those that deviate least come first. */
async function findAnswers(
  questions: readonly OpenQuestion[],
  modelCase: ModelCase,
  kind: CaseKind,
  images: Uint8Array,
): Promise<string> {
  let [tried, nearest] = [0, Number.POSITIVE_INFINITY];
  for (let deviations = 0; deviations <= questions.length; deviations++) {
    for (const answers of combineAnswers(questions, deviations)) {
      if (tried++ === mostCombinations) return `${mostCombinations} combinations of answers tried, nearest ${nearest}`;
      const outputs = await tryAnswers(modelCase, kind, images, answers);
      const difference =
        outputs instanceof LabError ? Number.POSITIVE_INFINITY : largestDifference(outputs, modelCase.reference!);
      nearest = Math.min(nearest, difference);
      if (difference > tolerance) continue;
      const words = Object.entries(answers).map(([key, value]) => `${key}=${value}`);
      return `largest difference ${difference.toExponential(1)} with ${words.join(';')}`;
    }
  }
  return `none of the usual answers gives the reference’s numbers, nearest ${nearest}`;
}

/** Every way to answer in which so many answers are not the likeliest one. */
function* combineAnswers(questions: readonly OpenQuestion[], deviations: number): Generator<Record<string, string>> {
  const [question, ...others] = questions;
  if (!question) {
    if (deviations === 0) yield {};
    return;
  }
  const { key, choices } = question;
  for (const [index, { value }] of choices.entries()) {
    const left = deviations - (index === 0 ? 0 : 1);
    if (left >= 0) for (const rest of combineAnswers(others, left)) yield { [key]: value, ...rest };
  }
}

/**
 * Checkpoints say nothing of pixels: there the lab's assumption, ImageNet's scale, and 0 … 1 are both tried, and what comes
 * nearer to the reference counts.
 *
 * @returns probabilities, a row per image, or the refusal
 */
async function tryAnswers(
  { files, reference }: ModelCase,
  { imageSize }: CaseKind,
  images: Uint8Array,
  answers: Answers | undefined,
): Promise<number[][] | LabError> {
  try {
    const model = await readModelFiles(files, { imageSize, answers });
    try {
      // A network for another size than the images' is as wrong as one that gives other numbers.
      if (model.preprocessing.imageSize !== imageSize) return [[Number.NaN]];
      const own = await predict(model, images, model.preprocessing);
      if (!reference || !/PyTorch|safetensors/.test(model.importReport?.format ?? '')) return own;
      const plain = await predict(model, images, presetScale('unit', channelCount(model.preprocessing)));
      return largestDifference(plain, reference) < largestDifference(own, reference) ? plain : own;
    } finally {
      disposeModel(model);
    }
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}

async function predict(
  { network, preprocessing }: LabModel,
  images: Uint8Array,
  scale: PixelScale,
): Promise<number[][]> {
  const outputs = tidy(() => {
    const input: Tensor4D = pixelsToInput(images, { ...preprocessing, ...scale });
    return softmax(network.predict(input) as Tensor);
  });
  try {
    return (await outputs.array()) as number[][];
  } finally {
    outputs.dispose();
  }
}

function largestDifference(outputs: number[][], reference: number[][]): number {
  if (outputs.length !== reference.length || outputs[0]!.length !== reference[0]!.length)
    return Number.POSITIVE_INFINITY;
  const differences = outputs.flatMap((row, i) => row.map((value, k) => Math.abs(value - reference[i]![k]!)));
  return differences.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...differences);
}
