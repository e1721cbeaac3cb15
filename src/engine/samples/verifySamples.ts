import { softmax, tidy } from '@tensorflow/tfjs-core';
import { pixelsToInput } from '../../dataset/batches/readBatch';
import type { DecodeImage } from '../../dataset/images/decodeImage';
import type { SampleProof } from '../../model/files/importReport';
import type { NamedBytes } from '../../model/files/packModelFiles';
import type { LabModel, PixelScale } from '../../model/labModel';
import { channelCount, presetScale, presetsFor } from '../../model/preprocessing';
import type { PreprocessingPreset } from '../../model/preprocessingPresetNames';
import { predictBatch } from '../../model/runModel';
import { findSamples, type Samples } from './findSamples';

/** Largest difference that counts as none, relative to the largest expected value where that is above 1. */
const tolerance = 1e-3;

/** What samples beside a model prove, and how pixels have to go in for that. */
export interface VerifiedModel {
  proof: SampleProof;
  /** The scale with which the samples agree; the model's own when it was given or none agrees. */
  scale: PixelScale;
  preset: PreprocessingPreset | null;
}

/**
 * Runs a model on the images that lie beside it and compares what it says with what the table beside it expects.
 *
 * @param pixelsAreAssumed whether the lab has assumed how pixels go in: then the usual presets are tried as well, and the
 *   one that fits best is taken if it agrees
 * @returns null when there are no samples
 */
export async function verifySamples(
  model: LabModel,
  files: readonly NamedBytes[],
  decode: DecodeImage,
  { pixelsAreAssumed }: { pixelsAreAssumed: boolean },
): Promise<VerifiedModel | null> {
  const samples = findSamples(files, model);
  if (samples === null) return null;
  const { imageSize, imageFit, ...own } = model.preprocessing;
  if (typeof samples === 'string') {
    return {
      proof: { images: 0, largestDifference: null, of: 'logits', agrees: false, note: samples },
      scale: own,
      preset: null,
    };
  }
  const pixels = await decodeAll(samples, (blob) => decode(blob, imageSize, imageFit), imageSize);
  if (typeof pixels === 'string') {
    return {
      proof: { images: 0, largestDifference: null, of: samples.of, agrees: false, note: pixels },
      scale: own,
      preset: null,
    };
  }
  const channels = channelCount(own);
  const presets = pixelsAreAssumed ? presetsFor(channels) : [];
  const tried: { preset: PreprocessingPreset | null; scale: PixelScale; difference: number }[] = [];
  for (const preset of [null, ...presets]) {
    const scale = preset === null ? own : presetScale(preset, channels);
    const found = await outputsOf(
      { ...model, preprocessing: { ...scale, imageSize } },
      { pixels, groups: samples.groups },
      samples.of,
    );
    tried.push({ preset, scale, difference: largestDifference(found, samples.expected) });
  }
  const best = tried.reduce((a, b) => (b.difference < a.difference ? b : a));
  const agrees = best.difference <= tolerance;
  const chosen = agrees ? best : tried[0]!;
  return {
    proof: {
      images: samples.images.length,
      largestDifference: chosen.difference,
      of: samples.of,
      agrees,
      note: noteOf(samples, agrees, chosen.preset, pixelsAreAssumed),
    },
    scale: chosen.scale,
    preset: chosen.preset,
  };
}

function noteOf({ table }: Samples, agrees: boolean, preset: PreprocessingPreset | null, assumed: boolean): string {
  if (agrees) return `${table}${preset === null ? '' : `; the samples decide how pixels go in: ${preset}`}`;
  const next = assumed ? 'No usual way to feed pixels does. ' : '';
  return `The network does not give what ${table} expects. ${next}Check how pixels go in, the order of the classes, and what was assumed of the file.`;
}

/** Row-major [n, size, size, 3]; a text when an image cannot be read. */
async function decodeAll(
  { images }: Samples,
  decode: (blob: Blob) => ReturnType<DecodeImage>,
  size: number,
): Promise<Uint8Array | string> {
  const all = new Uint8Array(images.length * size * size * 3);
  for (const [index, { path, bytes }] of images.entries()) {
    try {
      all.set(await decode(new Blob([bytes.slice()])), index * size * size * 3);
    } catch (cause) {
      return `The sample ${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}.`;
    }
  }
  return all;
}

/** What a model says of pixels [n, size, size, 3], a row per image. @param images.groups null where they are not known */
export async function outputsOf(
  model: LabModel,
  { pixels, groups }: { pixels: Uint8Array; groups: number[] | null },
  of: Samples['of'],
): Promise<number[][]> {
  const output = tidy(() => {
    const logits = predictBatch(model, { images: pixelsToInput(pixels, model.preprocessing), groups });
    return of === 'logits' ? logits : softmax(logits);
  });
  try {
    return await output.array();
  } finally {
    output.dispose();
  }
}

function largestDifference(found: readonly number[][], expected: readonly number[][]): number {
  let [difference, scale] = [0, 1];
  for (const [row, values] of expected.entries()) {
    for (const [column, value] of values.entries()) {
      const off = Math.abs(found[row]![column]! - value);
      difference = Number.isNaN(off) ? Number.POSITIVE_INFINITY : Math.max(difference, off);
      scale = Math.max(scale, Math.abs(value));
    }
  }
  return difference / scale;
}
