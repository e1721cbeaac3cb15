import * as activations from './activationOperators';
import { conv } from './convOperator';
import { batchNormalization, gemm, matMul } from './denseOperators';
import { concat, elementwise } from './elementwiseOperators';
import type { OnnxValue } from './onnxValue';
import { averagePool, globalPool, maxPool, reduceMaps } from './poolOperators';
import { flatten, reshape, squeeze, transpose, unsqueeze } from './shapeOperators';
import { gather, pad, resize, slice, split } from './spatialOperators';
import type { NodeContext } from './translation';

/** What a node becomes: one value per output, layers added to the plan. @throws LabError `model-unreadable` */
export type Operator = (context: NodeContext) => OnnxValue | OnnxValue[];

const floatTypes = [1, 10, 11, 16];

/** The operators that the lab has layers for. One that is not listed is refused by name. */
export const operators: Record<string, Operator> = {
  Conv: conv,
  BatchNormalization: batchNormalization,
  Gemm: gemm,
  MatMul: matMul,
  Relu: activations.plainActivation('relu'),
  Sigmoid: activations.plainActivation('sigmoid'),
  Tanh: activations.plainActivation('tanh'),
  Softplus: activations.plainActivation('softplus'),
  Softsign: activations.plainActivation('softsign'),
  Mish: activations.plainActivation('mish'),
  LeakyRelu: activations.leakyRelu,
  PRelu: activations.prelu,
  Elu: activations.elu,
  Selu: activations.selu,
  Clip: activations.clip,
  HardSigmoid: activations.hardSigmoid,
  HardSwish: activations.hardSwish,
  Gelu: activations.gelu,
  Softmax: activations.softmax,
  LogSoftmax: activations.softmax,
  Dropout: activations.dropout,
  MaxPool: maxPool,
  AveragePool: averagePool,
  GlobalMaxPool: globalPool('GlobalMaxPooling2D'),
  GlobalAveragePool: globalPool('GlobalAveragePooling2D'),
  ReduceMax: reduceMaps('GlobalMaxPooling2D'),
  ReduceMean: reduceMaps('GlobalAveragePooling2D'),
  Add: elementwise,
  Sub: elementwise,
  Mul: elementwise,
  Div: elementwise,
  Sum: elementwise,
  Max: elementwise,
  Min: elementwise,
  Mean: elementwise,
  Concat: concat,
  Reshape: reshape,
  Flatten: flatten,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Transpose: transpose,
  Pad: pad,
  Slice: slice,
  Split: split,
  Gather: gather,
  Resize: resize,
  Identity: (context) => context.value(0),
  Cast: (context) => {
    if (floatTypes.includes(context.number('to', 1))) return context.value(0);
    throw context.refusal('it makes whole numbers of values of the image');
  },
};
