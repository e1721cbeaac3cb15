import { LabError } from '../../foundation/labError';

/** A layer that cannot be written as a PyTorch module. */
export function pyTorchUnsupported(layer: string, why: string): LabError {
  return new LabError({
    code: 'export-unsupported',
    message: `The layer "${layer}" cannot be written for PyTorch: ${why}.`,
    hint: 'Export the TensorFlow.js model instead; it holds every layer.',
    details: { layer, reason: why },
  });
}
