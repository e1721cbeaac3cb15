import type { LayersModel } from '@tensorflow/tfjs-layers';
import { networkCost } from '../network/layerCost';
import { channelCount } from '../preprocessing';
import { baseName, mostJsonBytes, parseObject } from './findModelJson';
import { type ModelManifest, modelManifestSchema } from './modelManifest';
import { modelUnreadable } from './modelUnreadable';
import type { NetworkEnds } from './networkEnds';
import type { NamedBytes } from './packModelFiles';

/**
 * What `lab.json` among the files says of a network; null when there is none.
 * @throws LabError `model-unreadable` when it is damaged, or belongs to another network
 */
export function readManifest(
  files: NamedBytes[],
  { imageSize, channels, classCount }: NetworkEnds,
  network: LayersModel,
): ModelManifest | null {
  const file = files.find(({ path }) => baseName(path) === 'lab.json');
  if (!file) return null;
  const parsed = modelManifestSchema.safeParse(parseObject(file, mostManifestBytes(network)));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw modelUnreadable(
      file.path,
      `"${issue.path.join('.') || 'top level'}": ${issue.message}`,
      'Correct this field, or leave lab.json out.',
    );
  }
  const { preprocessing, classNames } = parsed.data;
  const found = channelCount(preprocessing);
  if (found !== channels) {
    throw modelUnreadable(
      file.path,
      `it tells of images with ${found} channels, but the network takes ${channels}`,
      'The file belongs to another model. Give the right one, or leave it out.',
    );
  }
  if (preprocessing.imageSize !== imageSize || classNames.length !== classCount) {
    throw modelUnreadable(
      file.path,
      `it tells of ${preprocessing.imageSize}-pixel images and ${classNames.length} classes, but the network takes ${imageSize} pixels and gives ${classCount} classes`,
      'The file belongs to another model. Give the right one, or leave it out.',
    );
  }
  return parsed.data;
}

/** Masks take a bit per weight in base64, beside all else that is in `lab.json`. */
function mostManifestBytes(network: LayersModel): number {
  return mostJsonBytes + Math.ceil(networkCost(network).parameters / 6);
}
