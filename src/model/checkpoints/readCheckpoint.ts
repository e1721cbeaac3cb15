import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Asker } from '../../foundation/openQuestion';
import { askImageSize } from '../askImageSize';
import { guardWeights } from '../files/guardWeights';
import type { ImportLine, ImportReport } from '../files/importReport';
import type { NamedBytes } from '../files/packModelFiles';
import { explainUnknown } from './explainUnknown';
import { fillNetwork } from './fillNetwork';
import { findNetworks, type PlacedNetwork } from './findNetworks';
import { isForeign } from './foreignModules';
import type { PlannedNetwork } from './foundNetwork';
import { type CheckpointPlace, misfit } from './misfit';
import { readPyTorch } from './readPyTorch';
import { isSafetensors, readSafetensors } from './readSafetensors';
import { describePlace, type FoundCheckpoint, type StateDict, type StoredWeights } from './stateDict';

/** A network read from a checkpoint. */
export interface ReadCheckpoint {
  /** What the network is, in words. */
  name: string;
  network: LayersModel;
  report: ImportReport;
}

const knownWeights = new Set(['weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked']);

/** How many times larger a dense layer gets when the pooling before it is taken into its weights, up to 512 pixels. */
const spread = 6;
/** How many names a question lists. */
const shown = 8;

export interface CheckpointOptions {
  /** Side of the images; a checkpoint does not say it, so that it is asked for when left out. */
  imageSize?: number;
  asker: Asker;
}

/**
 * Reads a PyTorch checkpoint or safetensors whose weights fit an architecture that the lab knows, by names or by shapes.
 * What these do not say is asked for.
 *
 * @throws LabError `model-unreadable`: damaged, no known architecture, a weight missing, of another shape, or not a number
 */
export async function readCheckpoint(file: NamedBytes, options: CheckpointOptions): Promise<ReadCheckpoint> {
  const { asker } = options;
  const found: FoundCheckpoint = isSafetensors(file) ? readSafetensors(file) : await readPyTorch(file);
  const networks = findNetworks(found.dictionaries);
  if (networks.length === 0) throw explainUnknown(file.path, found.dictionaries);
  const chosen = chooseNetwork(file.path, networks, asker);
  const size = options.imageSize ?? askImageSize(asker, chosen.usualImageSize);
  const planned = chosen.plan(asker, size);
  askUnused(chosen, networks, asker);
  const weights = withoutPrefix(chosen.dictionary.read(), chosen.prefix);
  const place = { path: file.path, asker, architecture: chosen.architecture, size };
  const network = await buildPlanned(place, planned, weights);
  try {
    const lines = fillNetwork(place, network, weights, planned);
    const prefix = chosen.prefix ? `, names without "${chosen.prefix}"` : '';
    const byName = chosen.byName ? ` ${chosen.byName}` : '';
    return {
      name: chosen.architecture,
      network,
      report: {
        format: found.format,
        found: `${chosen.architecture} for ${size}-pixel images; weights ${describePlace(chosen.dictionary)}${prefix}.${byName}`,
        lines: [...lines, ...unusedLines(chosen, planned.moduleOf(network), found.dictionaries)],
      },
    };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** The one network, or the one that the user chooses. */
function chooseNetwork(path: string, networks: PlacedNetwork[], asker: Asker): PlacedNetwork {
  if (networks.length === 1) return networks[0]!;
  const nameOf = ({ dictionary, prefix }: PlacedNetwork) =>
    [...dictionary.keys, prefix.replace(/\.$/, '')].filter((part) => part !== '').join('/') || 'file';
  const labelOf = (network: PlacedNetwork) => {
    const names = network.prefix && `, names that begin with "${network.prefix}"`;
    return `${network.architecture}, ${describePlace(network.dictionary)}${names}`;
  };
  const name = asker.askFirst(path, {
    key: 'network',
    question: 'The file holds several networks. Which of them is to be used?',
    choices: networks.map((network) => ({ value: nameOf(network), label: labelOf(network) })),
  });
  return networks.find((network) => nameOf(network) === name)!;
}

/** Weights that no layer has, and whose names do not say that training alone needs them, may change what it computes. */
function askUnused(chosen: PlacedNetwork, networks: PlacedNetwork[], asker: Asker): void {
  const claimed = new Set(chosen.claimed.map(({ name }) => chosen.prefix + name));
  const others = networks.filter((network) => network !== chosen && network.dictionary === chosen.dictionary);
  const open = [...chosen.dictionary.shapes.keys()].filter((name) => {
    const isKnown = claimed.has(moduleName(name)) && knownWeights.has(name.slice(moduleName(name).length + 1));
    return !isKnown && !isForeign(name) && !others.some(({ prefix }) => name.startsWith(prefix));
  });
  if (open.length === 0) return;
  const names = open.slice(0, shown).map((name) => `"${name}"`);
  const list = open.length > shown ? `${names.join(', ')} and ${open.length - shown} more` : names.join(', ');
  asker.ask({
    key: 'unused',
    question: `No layer has the weights ${list}. Does the network predict without them?`,
    choices: [{ value: 'yes', label: 'yes, they are needed for training alone' }],
  });
}

function moduleName(weight: string): string {
  return weight.slice(0, Math.max(0, weight.lastIndexOf('.')));
}

function withoutPrefix(weights: StateDict, prefix: string): StateDict {
  return new Map(
    [...weights].flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])),
  );
}

async function buildPlanned(place: CheckpointPlace, planned: PlannedNetwork, weights: StateDict): Promise<LayersModel> {
  const numbers = [...weights.values()].reduce((sum, { values }) => sum + values.length, 0);
  try {
    return await guardWeights(spread * numbers, () => planned.build());
  } catch (cause) {
    const why = cause instanceof Error ? ` (${cause.message})` : '';
    throw misfit(
      place,
      `a ${place.architecture} of its widths cannot be built for ${place.size}-pixel images${why}`,
      cause,
    );
  }
}

function unusedLines(
  { dictionary, prefix }: PlacedNetwork,
  moduleOf: Map<string, string>,
  dictionaries: StoredWeights[],
): ImportLine[] {
  const used = new Set([...moduleOf.values()].map((name) => prefix + name));
  const names = [...dictionary.shapes.keys()];
  const counters = names.filter((name) => name.endsWith('.num_batches_tracked'));
  const others = names.filter((name) => !used.has(moduleName(name)) && !counters.includes(name));
  const unused = (layer: string, detail: string): ImportLine => ({ layer, status: 'unused', detail });
  return [
    ...others.map((name) => unused(name, 'no layer has it')),
    ...dictionaries
      .filter((other) => other !== dictionary)
      .map((other) => unused(`weights ${describePlace(other)}`, `another ${other.shapes.size} weights`)),
    ...(counters.length > 0 ? [unused('num_batches_tracked', `${counters.length} counters of batches`)] : []),
  ];
}
