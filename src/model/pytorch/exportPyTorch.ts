import { tidy } from '@tensorflow/tfjs-core';
import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import { pythonList, pythonString } from '../../foundation/escape/pythonString';
import type { StateDict } from '../checkpoints/stateDict';
import type { NamedBytes } from '../files/packModelFiles';
import type { LabModel } from '../labModel';
import { explainHeldZeros } from '../masks/heldZeros';
import { channelsFirstRows, flattenedBefore, isReorderedFlatten } from '../network/flattenOrder';
import { layerGraph } from '../network/layerGraph';
import { outputShapeOf } from '../network/layerOptions';
import { layerWeights } from '../network/layerWeights';
import { isSelection } from '../network/selection';
import { channelCount, channelOrderName, greyFormula, inInputOrder } from '../preprocessing';
import { pyTorchLayer } from './pyTorchLayers';
import { pyTorchNames } from './pyTorchNames';
import { pyTorchUnsupported } from './pyTorchUnsupported';
import { writeSafetensors } from './writeSafetensors';

/**
 * A model for PyTorch: `model.safetensors` with PyTorch's names and layout, and `load_model.py`, which rebuilds the
 * module, pruned widths and all, and loads the weights into it. Weights that masks hold at zero are zero in it, and no longer
 * held, which the script says.
 *
 * @throws LabError `export-unsupported` naming the layer that PyTorch has no counterpart for
 */
export async function exportPyTorch(model: LabModel): Promise<NamedBytes[]> {
  const { network } = model;
  const translated = translate(network);
  const weights: StateDict = new Map();
  for (const { layer, name, parts, flattened } of translated) {
    for (const [suffix, { from, arrange }] of Object.entries(parts.weights ?? {})) {
      const { value } = layerWeights(layer).find((weight) => weight.name === from)!;
      const arranged = tidy(() =>
        arrange(flattened && from === 'kernel' ? channelsFirstRows(value, flattened) : value).clone(),
      );
      weights.set(`${name}${suffix}`, { shape: arranged.shape, values: (await arranged.data<'float32'>()).slice() });
      arranged.dispose();
    }
  }
  return [
    { path: 'model.safetensors', bytes: writeSafetensors(weights, { name: model.name }) },
    { path: 'load_model.py', bytes: new TextEncoder().encode(writeScript(model, translated)) },
  ];
}

interface TranslatedLayer {
  layer: layers.Layer;
  name: string;
  parts: ReturnType<typeof pyTorchLayer>;
  /** For a dense layer behind a flattening: the maps [height, width, channels] that were flattened. */
  flattened: number[] | null;
}

function translate(network: LayersModel): TranslatedLayer[] {
  const names = pyTorchNames(network);
  const graph = layerGraph(network);
  return network.layers
    .filter((layer) => layer.getClassName() !== 'InputLayer')
    .map((layer) => {
      if (graph.isShared(layer)) throw pyTorchUnsupported(layer.name, 'it stands at several places of the network');
      return {
        layer,
        name: names.get(layer.name)!,
        parts: pyTorchLayer(layer),
        flattened: flattenedBefore(layer, graph),
      };
    });
}

function writeScript(model: LabModel, translated: TranslatedLayer[]): string {
  const { network, preprocessing, classNames } = model;
  const graph = layerGraph(network);
  const values = new Map<layers.Layer, string>();
  const modules: string[] = [];
  const steps: string[] = [];
  for (const [index, { layer, name, parts }] of translated.entries()) {
    for (const [suffix, code] of Object.entries(parts.modules ?? {})) {
      const frozen = isSelection(layer) ? '.requires_grad_(False)' : '';
      modules.push(`        add(self, ${pythonString(name + suffix)}, ${code}${frozen})`);
    }
    const inputs = graph.sourcesOf(layer).map((source) => values.get(source) ?? 'x');
    const call = (suffix: string, input: string) => `self.get_submodule(${pythonString(name + suffix)})(${input})`;
    const result = isReorderedFlatten(layer, graph) ? `${inputs[0]}.flatten(1)` : parts.forward(inputs, call);
    values.set(layer, `v${index}`);
    steps.push(`        v${index} = ${result}`);
  }
  const output = network.outputs[0]!.sourceLayer;
  const size = preprocessing.imageSize;
  const order = channelOrderName(preprocessing);
  const channels = channelCount(preprocessing);
  const { mean, std } = inInputOrder(preprocessing);
  const held = explainHeldZeros(model, 'pytorch');
  return `"""Rebuilds a network as a PyTorch module and loads its weights.

    python load_model.py        checks that it loads and prints the shape of its logits

Name: ${pythonString(model.name)}
Input: float32 [n, ${channels}, ${size}, ${size}], ${order}${channels === 1 ? `, ${greyFormula}` : ''}, (pixel / 255 - MEAN) / STD. Output: logits [n, ${outputShapeOf(output).at(-1)}].
${held ? `Zeros: ${held}\n` : ''}"""

import json
import math  # noqa: F401
import pathlib
import struct

import torch
import torch.nn.functional as F  # noqa: F401
from torch import nn

CLASS_NAMES = ${pythonList(classNames)}
CHANNEL_ORDER = ${pythonString(order)}
MEAN = [${mean.join(', ')}]  # in the order of CHANNEL_ORDER
STD = [${std.join(', ')}]


def add(parent, path, module):
    """Adds a module under a name with points, as in "layer4.1.conv2"."""
    *folders, name = path.split(".")
    for folder in folders:
        if folder not in parent._modules:
            parent.add_module(folder, nn.Module())
        parent = parent._modules[folder]
    parent.add_module(name, module)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
${modules.join('\n')}

    def forward(self, x):
${steps.join('\n')}
        return ${values.get(output)}


def read_safetensors(path):
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    header.pop("__metadata__", None)
    weights = {}
    for name, entry in header.items():
        start, end = (8 + length + offset for offset in entry["data_offsets"])
        weights[name] = torch.frombuffer(bytearray(data[start:end]), dtype=torch.float32).reshape(entry["shape"])
    return weights


def load(path=pathlib.Path(__file__).with_name("model.safetensors")):
    network = Network()
    weights = read_safetensors(path)
    missing, unexpected = network.load_state_dict(weights, strict=False)
    missing = [name for name in missing if not name.endswith("num_batches_tracked")]
    if missing or unexpected:
        raise ValueError(f"weights do not fit: missing {missing}, unexpected {unexpected}")
    return network.eval()


if __name__ == "__main__":
    with torch.no_grad():
        print(load()(torch.zeros(1, ${channels}, ${size}, ${size})).shape)
`;
}
