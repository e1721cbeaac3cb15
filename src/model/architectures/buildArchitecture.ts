import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ModelId } from '../../foundation/ids';
import type { ArchitectureSpec, LabModel, Preprocessing } from '../labModel';
import { channelCount } from '../preprocessing';
import { buildBasicResNet } from './buildBasicResNet';
import { buildFromPlan } from './buildFromPlan';
import { checkArchitecture, refuseArchitecture } from './checkArchitecture';
import { isSequential, publishedPlan } from './publishedPlan';
import { resNet18Layout } from './resNet18Layout';

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
 * @throws LabError `config-invalid` when a setting is out of range, a step of a plan does not fit, or the class names and
 *   sizes do not fit together
 */
export function buildArchitecture(spec: ArchitectureSpec, identity: ModelIdentity): LabModel {
  checkArchitecture(spec);
  checkIdentity(spec, identity);
  return { ...identity, network: buildNetwork(spec), originalChannels: {} };
}

function buildNetwork(spec: ArchitectureSpec): LayersModel {
  if ('plan' in spec) return buildFromPlan(spec.plan, { ...spec, name: 'own-network' });
  return isSequential(spec) ? buildFromPlan(publishedPlan(spec), spec) : buildBasicResNet(resNet18Layout(spec));
}

function checkIdentity(spec: ArchitectureSpec, { classNames, preprocessing }: ModelIdentity): void {
  if (spec.imageSize !== preprocessing.imageSize) {
    refuseArchitecture(
      'imageSize',
      `the network is for ${spec.imageSize} pixels, its preprocessing for ${preprocessing.imageSize}`,
    );
  }
  const { channels = 3 } = spec;
  if (channels !== channelCount(preprocessing)) {
    refuseArchitecture(
      'channels',
      `the network is for ${channels} channels, its preprocessing for ${channelCount(preprocessing)}`,
    );
  }
  if (spec.classCount !== classNames.length) {
    refuseArchitecture('classCount', `there are ${spec.classCount} outputs but ${classNames.length} class names`);
  }
}
