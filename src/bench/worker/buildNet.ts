import { modelId } from '../../foundation/ids';
import { buildArchitecture } from '../../model/architectures/buildArchitecture';
import type { LabModel } from '../../model/labModel';
import type { NetName } from '../benchCase';

const classNames = Array.from({ length: 9 }, (_, index) => `class ${index}`);

/** An untrained network with 9 classes. */
export function buildNet(net: NetName, imageSize: number): LabModel {
  return buildArchitecture(
    { name: net, imageSize, classCount: classNames.length, widthMultiplier: 1, seed: 1 },
    {
      id: modelId(net),
      name: net,
      classNames,
      preprocessing: { imageSize, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] },
    },
  );
}
