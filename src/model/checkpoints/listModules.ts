import type { WeightShapes } from './stateDict';

/** A module of a PyTorch network, as its weights show it. */
export interface FoundModule {
  /** Name in the state dict, without what stands before every name of the network. */
  name: string;
  kind: 'convolution' | 'batch normalisation' | 'linear' | 'other';
  /** Shape of its `weight`; of its averages for a BatchNorm that has none (`affine=False`). */
  shape: readonly number[];
  hasBias: boolean;
}

/** The modules that a state dict has weights of, in its order. */
export function listModules(shapes: WeightShapes): FoundModule[] {
  return [...shapes].flatMap(([weight, shape]): FoundModule[] => {
    const name = weight.slice(0, Math.max(0, weight.lastIndexOf('.')));
    const isPlainNorm = weight === `${name}.running_mean` && !shapes.has(`${name}.weight`);
    if (weight !== `${name}.weight` && !isPlainNorm) return [];
    return [{ name, kind: kindOf(name, shape, shapes), shape, hasBias: shapes.has(`${name}.bias`) }];
  });
}

function kindOf(name: string, shape: readonly number[], shapes: WeightShapes): FoundModule['kind'] {
  if (shape.length === 4) return 'convolution';
  if (shape.length === 2) return 'linear';
  return shapes.has(`${name}.running_mean`) ? 'batch normalisation' : 'other';
}
