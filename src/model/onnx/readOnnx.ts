import { strToU8 } from 'fflate';
import { baseName } from '../files/findModelJson';
import type { NamedBytes } from '../files/packModelFiles';
import type { KerasModel } from '../keras/kerasModel';
import type { OnnxGraph } from './onnxGraph';
import { readOnnxGraph } from './readOnnxGraph';
import { type TranslateOptions, translateGraph } from './translateGraph';

/** A network read from an ONNX file, in Keras' words. */
export interface OnnxModel extends KerasModel {
  /** All files, with `lab.json` where the lab noted it in the model. */
  files: NamedBytes[];
}

/** The key under which the lab notes in an ONNX file how the network is used: the text of its `lab.json`. */
export const labMetadataKey = 'lab.json';

/** True for an ONNX file, by its name: its content begins as any protobuf message may. */
export function isOnnx({ path }: NamedBytes): boolean {
  return path.toLowerCase().endsWith('.onnx');
}

/**
 * Reads an ONNX file as PyTorch, tf2onnx and the lab write it for image classifiers, opsets 11 to 21.
 *
 * @param files all files that were given: weights may lie beside the model
 * @throws LabError `model-unreadable` naming the node that the lab has no layers for; what `Asker.ask` throws
 */
export async function readOnnx(file: NamedBytes, files: NamedBytes[], options: TranslateOptions): Promise<OnnxModel> {
  const graph = await readOnnxGraph(file, files);
  const { topology, weights, lines } = translateGraph(file.path, graph, options);
  const noted = graph.metadata.get(labMetadataKey);
  const hasManifest = files.some(({ path }) => baseName(path) === 'lab.json');
  return {
    topology,
    writtenBy: 'tfjs',
    weights,
    format: `ONNX, opset ${graph.opset}`,
    found: `A graph of ${graph.nodes.length} nodes with ${graph.initializers.size} weights, written by ${graph.producer}.${halves(graph)}`,
    lines,
    files: noted && !hasManifest ? [...files, { path: 'lab.json', bytes: strToU8(noted) }] : files,
  };
}

function halves({ halves: count }: OnnxGraph): string {
  return count === 0
    ? ''
    : ` ${count} of them have 16 bits: they are kept and computed with in 32, so that the last digits can differ.`;
}
