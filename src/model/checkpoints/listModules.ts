import type { StateDict } from './stateDict';

/** A module of a PyTorch network, as its weights show it. */
export interface FoundModule {
  /** Name in the state dict, without a prefix that all have. */
  name: string;
  kind: 'convolution' | 'batch normalisation' | 'linear' | 'other';
  /** Shape of its `weight`. */
  shape: number[];
}

const prefixes = ['module.', '_orig_mod.', 'model.', 'net.', 'network.', 'backbone.', 'encoder.'];

/** Takes off what stands before every name: `module.` of data-parallel training and the like. */
export function stripPrefixes(weights: StateDict): { weights: StateDict; stripped: string } {
  let stripped = '';
  let names = [...weights.keys()];
  for (;;) {
    const prefix = prefixes.find((candidate) => names.length > 0 && names.every((name) => name.startsWith(candidate)));
    if (!prefix) break;
    stripped += prefix;
    names = names.map((name) => name.slice(prefix.length));
  }
  const values = [...weights.values()];
  return { weights: new Map(names.map((name, index) => [name, values[index]!])), stripped };
}

/** The modules that a state dict has weights of, in its order. */
export function listModules(weights: StateDict): FoundModule[] {
  return [...weights].flatMap(([weight, { shape }]): FoundModule[] => {
    if (!weight.endsWith('.weight') && weight !== 'weight') return [];
    const name = weight.slice(0, -'.weight'.length);
    return [{ name, kind: kindOf(name, shape, weights), shape }];
  });
}

function kindOf(name: string, shape: number[], weights: StateDict): FoundModule['kind'] {
  if (shape.length === 4) return 'convolution';
  if (shape.length === 2) return 'linear';
  return weights.has(`${name}.running_mean`) ? 'batch normalisation' : 'other';
}
