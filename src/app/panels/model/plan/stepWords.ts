import type { Activation, Padding, PlanStep } from '../../../../model/architectures/architecturePlan';

export const activationLabels: Record<Exclude<Activation, object> | 'leaky-relu', string> = {
  relu: 'ReLU',
  'leaky-relu': 'leaky ReLU',
  elu: 'ELU',
  gelu: 'GELU',
  silu: 'SiLU',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
  none: 'none',
};

/** What is set of a step, in a few words. */
export function stepWords(step: PlanStep): string {
  switch (step.kind) {
    case 'convolution':
      return list(
        `${step.filters}\u00a0×\u00a0${step.kernel}×${step.kernel}`,
        ...windowWords(step.stride, step.padding),
        ...after(step),
      );
    case 'depthwise-convolution':
      return list(`${step.kernel}×${step.kernel}`, ...windowWords(step.stride, step.padding), ...after(step));
    case 'max-pooling':
    case 'average-pooling': {
      const stride = step.stride ?? step.size;
      return list(
        `${step.size}×${step.size}`,
        stride === step.size ? '' : `stride ${stride}`,
        paddingWords(step.padding),
      );
    }
    case 'dense':
      return list(`${step.units} units`, ...after(step));
    case 'dropout':
      return `rate ${step.rate}`;
    default:
      return '';
  }
}

function windowWords(stride: number, padding: Padding): string[] {
  return [stride === 1 ? '' : `stride ${stride}`, padding === 'same' ? '' : paddingWords(padding) || 'no padding'];
}

function paddingWords(padding: Padding): string {
  if (padding === 'same') return 'same padding';
  return padding === 'valid' || padding === 0 ? '' : `padding ${padding}`;
}

function after({ bias, batchNorm, activation }: Extract<PlanStep, { bias: boolean }>): string[] {
  const name = typeof activation === 'object' ? activation.name : activation;
  return [bias ? '' : 'no bias', batchNorm ? 'BatchNorm' : '', name === 'none' ? '' : activationLabels[name]];
}

const list = (...words: string[]) => words.filter((word) => word !== '').join(', ');
