import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { LabError } from '../foundation/labError';
import type { LabModel } from './labModel';

/** What a network gives for n images, by the names of its outputs. */
export type NamedOutputs = Readonly<Record<string, Tensor>>;

/**
 * Class logits [n, classes] from a network's outputs, for networks whose only output they are not: heads per group, exits.
 *
 * @param groups int32 [n]; null where the network does not need them and they are not known
 * @param settings of the method that made the network
 */
export type Readout = (outputs: NamedOutputs, groups: Tensor1D | null, settings: unknown) => Tensor2D;

/** The output that most networks have alone: one logit per class. */
export const logitsName = 'logits';

const readouts = new Map<string, Readout>();

/** Makes a readout known under the id of the method that it belongs to. */
export function registerReadout(id: string, readout: Readout): void {
  readouts.set(id, readout);
}

/** The outputs of a network by their names. @param values as tfjs gives them: one tensor, or one per output */
export function nameOutputs({ outputNames = [logitsName] }: Pick<LabModel, 'outputNames'>, values: Tensor | Tensor[]) {
  const all = [values].flat();
  return Object.fromEntries(outputNames.map((name, index) => [name, all[index]!])) as Record<string, Tensor>;
}

/** @throws LabError `method-not-found` when the model's readout is of a method that this lab does not have */
export function readClassLogits(model: LabModel, outputs: NamedOutputs, groups: Tensor1D | null): Tensor2D {
  if (!model.readout) return outputs[logitsName] as Tensor2D;
  const { id, settings } = model.readout;
  const readout = readouts.get(id);
  if (readout) return readout(outputs, groups, settings);
  throw new LabError({
    code: 'method-not-found',
    message: `"${model.name}" was made by the method "${id}", which this version of the lab does not have.`,
    hint: 'Use the version of the lab that made the model.',
    details: { id },
  });
}
