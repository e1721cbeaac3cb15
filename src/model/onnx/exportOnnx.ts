import type { layers } from '@tensorflow/tfjs-layers';
import type { onnx } from 'onnx-proto';
import { labVersion } from '../../foundation/version';
import { makeManifest } from '../files/modelManifest';
import type { NamedBytes } from '../files/packModelFiles';
import type { LabModel } from '../labModel';
import { explainHeldZeros } from '../masks/heldZeros';
import { channelsFirstRows, flattenedBefore, isReorderedFlatten } from '../network/flattenOrder';
import { layerGraph } from '../network/layerGraph';
import { outputShapeOf } from '../network/layerOptions';
import { pixelFormula } from '../preprocessing';
import { serializeModel } from '../serializeModel';
import { createLayerWriter, type GraphParts } from './layerWriter';
import { writeOnnxLayer } from './onnxLayers';
import { loadOnnxProto } from './onnxProto';
import { onnxUnsupported } from './onnxUnsupported';
import { labMetadataKey } from './readOnnx';

/** Version of the operators, and of the file's format: what programs of 2021 and later read. */
const opset = 13;
const irVersion = 7;
const floatCode = 1;

/**
 * A model for whatever runs ONNX: `model.onnx` takes float32 [n, colours, height, width] and gives logits [n, classes]. How
 * pixels go in and the classes are noted in it, and beside it in `lab.json`, with which the lab reads it back, masks and all.
 * Its `doc_string` says how many weights masks hold at zero, and that training elsewhere fills them.
 *
 * @throws LabError `export-unsupported` naming the layer that ONNX has no counterpart for
 */
export async function exportOnnx(model: LabModel): Promise<NamedBytes[]> {
  const { ModelProto } = await loadOnnxProto();
  const manifest = JSON.stringify(makeManifest(await serializeModel(model)), null, 2);
  const notes = {
    classes: JSON.stringify(model.classNames),
    preprocessing: JSON.stringify(pixelFormula(model.preprocessing)),
    [labMetadataKey]: manifest,
  };
  const held = explainHeldZeros(model, 'onnx');
  const message = ModelProto.create({
    irVersion,
    opsetImport: [{ domain: '', version: opset }],
    producerName: 'snnl-fair-lab',
    producerVersion: labVersion,
    ...(held && { docString: held }),
    graph: await writeGraph(model),
    metadataProps: Object.entries(notes).map(([key, value]) => ({ key, value })),
  });
  return [
    { path: 'model.onnx', bytes: Uint8Array.from(ModelProto.encode(message).finish()) },
    { path: 'lab.json', bytes: new TextEncoder().encode(manifest) },
  ];
}

async function writeGraph({ network, name }: LabModel): Promise<onnx.IGraphProto> {
  const graph = layerGraph(network);
  const [input] = network.inputs;
  const inputName = input!.sourceLayer.name;
  const taken = new Set([inputName, ...network.layers.map((layer) => layer.name)]);
  const parts: GraphParts = { nodes: [], tensors: [], pending: [], taken };
  const outputs = new Map<layers.Layer, string>();
  for (const layer of network.layers) {
    if (layer.getClassName() === 'InputLayer') continue;
    if (graph.isShared(layer)) throw onnxUnsupported(layer.name, 'it stands at several places of the network');
    const flattened = flattenedBefore(layer, graph);
    const write = createLayerWriter(layer, parts, {
      inputs: graph.sourcesOf(layer).map((source) => outputs.get(source) ?? inputName),
      isReordered: isReorderedFlatten(layer, graph),
      rows: (kernel) => (flattened ? channelsFirstRows(kernel, flattened) : kernel),
    });
    outputs.set(layer, writeOnnxLayer(layer, write));
  }
  await Promise.all(parts.pending);
  const output = network.outputs[0]!.sourceLayer;
  const [, height, width, colours] = input!.shape;
  return {
    name,
    node: parts.nodes,
    initializer: parts.tensors,
    input: [describeTensor(inputName, [colours!, height!, width!])],
    output: [describeTensor(outputs.get(output)!, outputShapeOf(output).slice(1))],
  };
}

/** A tensor of any number of images. */
function describeTensor(name: string, sides: number[]): onnx.IValueInfoProto {
  const dim = [{ dimParam: 'n' }, ...sides.map((dimValue) => ({ dimValue }))];
  return { name, type: { tensorType: { elemType: floatCode, shape: { dim } } } };
}
