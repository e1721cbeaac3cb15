import type { ModelId } from '../../foundation/ids';
import { LabError } from '../../foundation/labError';
import { type ArchitectureSpec, architectureLabels, type LabModel, type Preprocessing } from '../labModel';
import { architectures } from './architectures';

/** What a new model is called and used for. */
export interface ModelIdentity {
  id: ModelId;
  name: string;
  classNames: string[];
  preprocessing: Preprocessing;
}

/**
 * Builds an untrained network. The same spec gives the same weights on the same backend.
 *
 * @throws LabError `config-invalid` when a setting is out of range or the class names and sizes do not fit together
 */
export function buildArchitecture(spec: ArchitectureSpec, identity: ModelIdentity): LabModel {
  checkSpec(spec, identity);
  return { ...identity, network: architectures[spec.name].build(spec), originalChannels: {} };
}

function checkSpec(spec: ArchitectureSpec, { classNames, preprocessing }: ModelIdentity): void {
  const { minImageSize } = architectures[spec.name];
  if (!Number.isInteger(spec.imageSize) || spec.imageSize < minImageSize) {
    refuse(
      'imageSize',
      `${architectureLabels[spec.name]} needs images of at least ${minImageSize} pixels a side, not ${spec.imageSize}`,
    );
  }
  if (spec.imageSize !== preprocessing.imageSize) {
    refuse(
      'imageSize',
      `the network is for ${spec.imageSize} pixels, its preprocessing for ${preprocessing.imageSize}`,
    );
  }
  if (!Number.isInteger(spec.classCount) || spec.classCount < 2) {
    refuse('classCount', `a classifier needs at least 2 classes, not ${spec.classCount}`);
  }
  if (spec.classCount !== classNames.length) {
    refuse('classCount', `there are ${spec.classCount} outputs but ${classNames.length} class names`);
  }
  if (!(spec.widthMultiplier > 0 && spec.widthMultiplier <= 4)) {
    refuse('widthMultiplier', `the width must be above 0 and at most 4, not ${spec.widthMultiplier}`);
  }
}

function refuse(field: keyof ArchitectureSpec, why: string): never {
  throw new LabError({
    code: 'config-invalid',
    message: `The network cannot be built: ${why}.`,
    hint: `Change "${field}".`,
    details: { field },
  });
}
