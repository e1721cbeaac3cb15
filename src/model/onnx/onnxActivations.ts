import type { layers } from '@tensorflow/tfjs-layers';
import { outputShapeOf } from '../network/layerOptions';
import type { LayerWriter } from './layerWriter';
import { onnxUnsupported } from './onnxUnsupported';

type Activation = (input: string, write: LayerWriter, layer: layers.Layer) => string;

const plain =
  (operator: string): Activation =>
  (input, write) =>
    write.node(operator, [input]);

/** What each activation of tfjs is in ONNX. */
const activations: Record<string, Activation> = {
  linear: plain('Identity'),
  relu: plain('Relu'),
  elu: plain('Elu'),
  selu: plain('Selu'),
  tanh: plain('Tanh'),
  sigmoid: plain('Sigmoid'),
  softplus: plain('Softplus'),
  softsign: plain('Softsign'),
  relu6: (input, write) => write.node('Clip', [input, write.number('least', 0), write.number('most', 6)]),
  hardSigmoid: (input, write) => write.node('HardSigmoid', [input], { alpha: { float: 0.2 }, beta: { float: 0.5 } }),
  swish: (input, write) => write.node('Mul', [input, write.node('Sigmoid', [input], {}, 'gate')]),
  mish: (input, write) => {
    const gate = write.node('Tanh', [write.node('Softplus', [input], {}, 'softplus')], {}, 'gate');
    return write.node('Mul', [input, gate]);
  },
  // 0.5 · x · (1 + erf(x / √2)): as one operator it is only in versions that fewer programs read.
  gelu: (input, write) => {
    const scaled = write.node('Mul', [input, write.number('scale', Math.SQRT1_2)], {}, 'scaled');
    const error = write.node('Erf', [scaled], {}, 'erf');
    const gate = write.node('Add', [error, write.number('one', 1)], {}, 'gate');
    const doubled = write.node('Mul', [input, gate], {}, 'doubled');
    return write.node('Mul', [doubled, write.number('half', 0.5)]);
  },
  softmax: (input, write, layer) =>
    write.node('Softmax', [input], { axis: outputShapeOf(layer).length === 4 ? 1 : -1 }),
};

/** Writes an activation that is a layer's own or a layer of its own. @throws LabError `export-unsupported` */
export function onnxActivation(layer: layers.Layer, name: string, input: string, write: LayerWriter): string {
  const activation = activations[name];
  if (!activation) throw onnxUnsupported(layer.name, `ONNX' counterpart of the activation "${name}" is not known`);
  return activation(input, write, layer);
}
