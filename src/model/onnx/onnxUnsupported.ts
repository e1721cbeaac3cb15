import { LabError } from '../../foundation/labError';

/** A layer that cannot be written as operators of ONNX. */
export function onnxUnsupported(layer: string, why: string): LabError {
  return new LabError({
    code: 'export-unsupported',
    message: `The layer "${layer}" cannot be written for ONNX: ${why}.`,
    hint: 'Export the TensorFlow.js model instead; it holds every layer.',
    details: { layer, reason: why },
  });
}
