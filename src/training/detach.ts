import { customGrad, type Tensor, zerosLike } from '@tensorflow/tfjs-core';

const asConstant = customGrad((...given) => {
  const [values] = given as [Tensor];
  return { value: values.clone(), gradFunc: (upstream: Tensor) => zerosLike(upstream) };
});

/** The same values as a constant: no gradient passes through them. tfjs has no such operation. */
export function detach<T extends Tensor>(values: T): T {
  return asConstant(values) as T;
}
