import { bounds, describeBound, isWithin } from '../../foundation/bounds';
import { LabError } from '../../foundation/labError';
import { type ArchitectureName, type ArchitectureSpec, architectureLabels, channelCounts } from '../labModel';

/** Smallest side of an image that leaves a map behind the last pooling. */
const leastImageSize: Record<ArchitectureName, number> = { 'small-cnn': 8, vgg11: 32, 'vgg11-bn': 32, resnet18: 32 };

/**
 * Refuses settings out of range. Whether the steps of a plan fit is for `layOutPlan` to say.
 * @throws LabError `config-invalid`, naming the field
 */
export function checkArchitecture(spec: ArchitectureSpec): void {
  if (!Number.isInteger(spec.imageSize) || spec.imageSize < 1) {
    refuseArchitecture('imageSize', `images have a whole number of pixels a side, not ${spec.imageSize}`);
  }
  if (spec.channels !== undefined && !channelCounts.includes(spec.channels)) {
    refuseArchitecture('channels', `images have 3 channels, or 1 when they are grey, not ${String(spec.channels)}`);
  }
  if (!Number.isInteger(spec.classCount) || spec.classCount < 2) {
    refuseArchitecture('classCount', `a classifier needs at least 2 classes, not ${spec.classCount}`);
  }
  if (!isWithin(bounds.classes, spec.classCount)) {
    refuseArchitecture('classCount', `a classifier has at most ${bounds.classes.most} classes, not ${spec.classCount}`);
  }
  if ('plan' in spec) return;
  const least = leastImageSize[spec.name];
  if (spec.imageSize < least) {
    const label = architectureLabels[spec.name];
    refuseArchitecture('imageSize', `${label} needs images of at least ${least} pixels a side, not ${spec.imageSize}`);
  }
  if (!isWithin(bounds.width, spec.widthMultiplier)) {
    const must = describeBound(bounds.width);
    refuseArchitecture('widthMultiplier', `the width must be ${must}, not ${spec.widthMultiplier}`);
  }
}

/** @throws LabError `config-invalid`, naming the field */
export function refuseArchitecture(field: string, why: string): never {
  throw new LabError({
    code: 'config-invalid',
    message: `The network cannot be built: ${why}.`,
    hint: `Change "${field}".`,
    details: { field },
  });
}
