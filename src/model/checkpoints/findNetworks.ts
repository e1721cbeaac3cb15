import { findPlainNet } from './findPlainNet';
import { findResNet } from './findResNet';
import type { FoundNetwork } from './foundNetwork';
import { type FoundModule, listModules } from './listModules';
import type { StoredWeights } from './stateDict';

/** A network in a checkpoint. */
export interface PlacedNetwork extends FoundNetwork {
  dictionary: StoredWeights;
  /** What stands before the names of all its modules: `module.encoder.` */
  prefix: string;
}

/** Names of copies that are averaged over the training, or that another network learns from. */
const copies = /(^|[._])(ema|swa|shadow|momentum|encoder_k|teacher|target|averaged?)([._]|$)/i;

/** The networks that the lab knows in a checkpoint: the first is the likeliest, copies of a network come last. */
export function findNetworks(dictionaries: StoredWeights[]): PlacedNetwork[] {
  const found = dictionaries.flatMap((dictionary) =>
    searchBelow(listModules(dictionary.shapes), '').map((network) => ({ ...network, dictionary })),
  );
  const isCopy = ({ dictionary, prefix }: PlacedNetwork) =>
    [...dictionary.keys, prefix].some((name) => copies.test(name));
  return [...found.filter((network) => !isCopy(network)), ...found.filter(isCopy)];
}

/** Looks below the first parts of the names, and takes the modules together where there is no network below. */
function searchBelow(modules: FoundModule[], prefix: string): Omit<PlacedNetwork, 'dictionary'>[] {
  const below = new Map<string, FoundModule[]>();
  for (const module of modules) {
    const dot = module.name.indexOf('.');
    if (dot < 0) continue;
    const part = module.name.slice(0, dot + 1);
    below.set(part, [...(below.get(part) ?? []), { ...module, name: module.name.slice(dot + 1) }]);
  }
  const inner = [...below].flatMap(([part, members]) => searchBelow(members, prefix + part));
  if (inner.length > 0) return inner;
  const network = findResNet(modules) ?? findPlainNet(modules);
  return network ? [{ ...network, prefix }] : [];
}
