import { type Asker, refuseAnswer } from '../../foundation/openQuestion';
import type { Activation, plainActivations } from '../architectures/architecturePlan';

const leaky = /^leaky-relu-(0(?:\.\d+)?|1)$/;

type Plain = (typeof plainActivations)[number];

const choices = [
  { value: 'relu', label: 'ReLU' },
  { value: 'leaky-relu-0.01', label: 'Leaky ReLU, slope 0.01 (PyTorch’s default)' },
  { value: 'leaky-relu-0.1', label: 'Leaky ReLU, slope 0.1' },
  { value: 'leaky-relu-0.2', label: 'Leaky ReLU, slope 0.2' },
  { value: 'gelu', label: 'GELU' },
  { value: 'silu', label: 'SiLU (Swish)' },
  { value: 'elu', label: 'ELU, α = 1' },
  { value: 'tanh', label: 'tanh' },
  { value: 'sigmoid', label: 'Sigmoid' },
  { value: 'none', label: 'none' },
] as const satisfies readonly { value: Plain | `leaky-relu-${number}`; label: string }[];

/** @throws LabError `config-invalid` for an answer that is no activation */
export function askActivation(asker: Asker, key: string, question: string): Activation {
  const otherwise = 'leaky-relu-SLOPE with a slope from 0 to 1';
  const answer = asker.ask({ key, question, choices, otherwise });
  const slope = leaky.exec(answer)?.[1];
  if (slope !== undefined) return { name: 'leaky-relu', slope: Number(slope) };
  const known = choices.find(({ value }) => value === answer);
  if (known && isPlain(known.value)) return known.value;
  throw refuseAnswer(key, answer, `${choices.map(({ value }) => value).join(', ')}, or ${otherwise}`);
}

function isPlain(value: (typeof choices)[number]['value']): value is Extract<typeof value, Plain> {
  return !leaky.test(value);
}
