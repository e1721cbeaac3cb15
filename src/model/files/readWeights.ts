import { io, type Tensor } from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';
import { concatBytes } from '../../foundation/concatArrays';
import { baseName, type FoundModel } from './findModelJson';
import { modelUnreadable } from './modelUnreadable';
import { ambiguousWeight } from './placeWeights';

const dtypes = ['float32', 'int32', 'bool', 'uint8', 'uint16', 'float16'] as const;
const bytesPerValue: Record<(typeof dtypes)[number], number> = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

const manifestSchema = z.array(
  z.object({
    paths: z.array(z.string()),
    weights: z.array(
      z.object({
        name: z.string(),
        shape: z.array(z.int().check(z.gte(0))),
        dtype: z.enum(['float32', 'int32', 'bool']),
        quantization: z.optional(
          z.object({
            dtype: z.enum(['uint8', 'uint16', 'float16']),
            scale: z.optional(z.number()),
            min: z.optional(z.number()),
          }),
        ),
      }),
    ),
  }),
);
type WeightGroup = z.infer<typeof manifestSchema>[number];

/**
 * Reads the weights that a model description names, from however many files in whatever folders.
 *
 * @returns the tensors by name; they belong to the caller
 * @throws LabError `model-unreadable`: a file is missing, too short or too long, or two weights have the same name
 */
export function readWeights(found: FoundModel): Record<string, Tensor> {
  const manifest = manifestSchema.safeParse(found.json.weightsManifest);
  if (!manifest.success) {
    const issue = manifest.error.issues[0]!;
    throw modelUnreadable(
      found.path,
      `its weightsManifest is not valid (${issue.path.join('.') || 'top level'}: ${issue.message})`,
      'Export the model again together with its weights.',
    );
  }
  refuseSameNames(found.path, manifest.data);
  const weights: Record<string, Tensor> = {};
  for (const group of manifest.data) {
    Object.assign(weights, decode(found.path, joinShards(found, group), group));
  }
  return weights;
}

/** tfjs writes layers of two networks inside by their own names alone, and cannot read them again itself. */
function refuseSameNames(path: string, groups: WeightGroup[]): void {
  const names = groups.flatMap(({ weights }) => weights.map(({ name }) => name));
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw ambiguousWeight(path, name, 'it is there twice');
    seen.add(name);
  }
}

/** @throws LabError `model-unreadable` for values that tfjs cannot decode, such as a scale that is missing */
function decode(path: string, bytes: ArrayBuffer, { weights }: WeightGroup): Record<string, Tensor> {
  try {
    return io.decodeWeights(bytes, weights);
  } catch (cause) {
    throw modelUnreadable(
      path,
      'its weights cannot be decoded',
      'Export the model again together with its weights.',
      cause,
    );
  }
}

function joinShards(found: FoundModel, { paths, weights }: WeightGroup): ArrayBuffer {
  const shards = paths.map((path) => findShard(found, path));
  const sizeBytes = shards.reduce((sum, { length }) => sum + length, 0);
  const dueBytes = weights.reduce(
    (sum, { shape, dtype, quantization }) =>
      sum + shape.reduce((product, side) => product * side, 1) * bytesPerValue[quantization?.dtype ?? dtype],
    0,
  );
  if (sizeBytes !== dueBytes) {
    throw modelUnreadable(
      paths.join(', '),
      `its weights should take ${dueBytes} bytes, but ${sizeBytes} are there`,
      'The file may be cut off or belong to another model. Export or download it again.',
    );
  }
  return concatBytes(shards).buffer;
}

/** Looks beside the description first, then, for files dropped without their folder, by name alone. */
function findShard({ path: modelPath, files }: FoundModel, path: string): Uint8Array {
  const folder = modelPath.slice(0, modelPath.lastIndexOf('/') + 1);
  const exact = files.find((file) => file.path === folder + path);
  const named = files.filter((file) => baseName(file.path) === baseName(path));
  const shard = exact ?? (named.length === 1 ? named[0] : undefined);
  if (shard) return shard.bytes;
  throw modelUnreadable(
    path,
    named.length > 1 ? `${named.length} files have this name` : 'it is missing',
    `Give it together with ${baseName(modelPath)}: drop the whole folder or a zip of it.`,
  );
}
