import type { Asker } from '../../foundation/openQuestion';
import { askImageSize } from '../askImageSize';
import { baseName } from '../files/findModelJson';
import type { ImportLine } from '../files/importReport';
import { modelUnreadable } from '../files/modelUnreadable';
import type { NumberArray } from '../keras/numberArray';
import { foldConstants } from './foldConstants';
import { describeNode } from './networkPlan';
import type { OnnxGraph, OnnxNode } from './onnxGraph';
import type { Maps, OnnxValue } from './onnxValue';
import { operators } from './operators';
import { createTranslation, describeDims, NodeContext, type Translation } from './translation';

/** How a graph is read where the file leaves something open. */
export interface TranslateOptions {
  imageSize?: number;
  asker: Asker;
}

/** A network of layers that gives the numbers of a graph. */
export interface TranslatedGraph {
  topology: Record<string, unknown>;
  weights: Record<string, NumberArray>;
  lines: ImportLine[];
}

/**
 * Turns a graph into a network of standard layers, node by node. Maps are kept as [height, width, channels]: weights are
 * reordered once, and transposing costs nothing.
 *
 * @throws LabError `model-unreadable` naming the operator and the node that the lab has no layers for
 */
export function translateGraph(path: string, graph: OnnxGraph, options: TranslateOptions): TranslatedGraph {
  const translation = createTranslation(path, graph);
  const needed = findNeeded(path, graph);
  translation.values.set(graph.input.name, addInput(translation, options));
  const lines: ImportLine[] = [];
  const folded = new Map<string, number>();
  for (const node of graph.nodes) {
    if (!needed.has(node)) {
      lines.push({ layer: node.name, status: 'unused', detail: `${node.operator}: the output does not depend on it` });
      continue;
    }
    const values = translateNode(new NodeContext(node, translation));
    for (const [index, name] of node.outputs.entries()) if (values[index]) translation.values.set(name, values[index]);
    const isConstant = values.every(({ kind }) => kind === 'constant');
    if (isConstant) folded.set(node.operator, (folded.get(node.operator) ?? 0) + 1);
    else if (!hasLayer(translation, node)) {
      lines.push({ layer: node.name, status: 'unused', detail: `${node.operator}: needs no layer here` });
    }
  }
  if (folded.size > 0) {
    const kinds = [...folded].map(([operator, count]) => `${count} ${operator}`).join(', ');
    lines.push({ layer: 'constants', status: 'unused', detail: `nodes that only compute constants: ${kinds}` });
  }
  const output = outputLayer(translation);
  // Writers call every graph the same: torch_jit, main_graph, tf2onnx.
  const described = translation.plan.describe(baseName(path).replace(/\.onnx$/i, '') || 'onnx', output);
  return { ...described, lines: [...translation.plan.lines(), ...lines] };
}

function translateNode(context: NodeContext): OnnxValue[] {
  const folded = foldConstants(context);
  if (folded) return folded;
  const operator = operators[context.node.operator];
  if (!operator) throw context.refusal('the lab has no layer for this operator');
  return [operator(context)].flat();
}

/** True when a node has a layer, or one before it has taken it in. */
function hasLayer({ plan }: Translation, node: OnnxNode): boolean {
  const start = describeNode(node);
  return [...plan.layers.values()].some(
    ({ output, repairs }) => output === node.outputs[0] || repairs.some((text) => text.startsWith(start)),
  );
}

/** The nodes that the output depends on. */
function findNeeded(path: string, { nodes, outputs }: OnnxGraph): Set<OnnxNode> {
  if (outputs.length !== 1) {
    throw modelUnreadable(
      path,
      `its outputs are ${outputs.map((name) => `"${name}"`).join(', ') || 'none'}`,
      'The lab needs one output, of one number per class. Export the network with this one only.',
    );
  }
  const due = new Set(outputs);
  const needed = new Set<OnnxNode>();
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((name) => due.has(name))) continue;
    needed.add(node);
    for (const name of node.inputs) due.add(name);
  }
  return needed;
}

function addInput(translation: Translation, options: TranslateOptions): Maps {
  const { path, graph, plan } = translation;
  const { name, dims } = graph.input;
  const order = inputOrder(graph);
  const channels = dims[order.indexOf('c')];
  if (dims.length !== 4 || !channels) {
    throw modelUnreadable(
      path,
      `its input "${name}" is [${dims.map((side) => side ?? '?').join(', ')}]`,
      'The lab needs one input of images with a fixed number of colour channels.',
    );
  }
  const open = [dims[order.indexOf('h')], dims[order.indexOf('w')]] as const;
  const size = open.includes(null) ? (options.imageSize ?? askImageSize(options.asker, null)) : null;
  const [height, width] = open.map((side) => side ?? size!) as [number, number];
  const node: OnnxNode = { name, operator: 'input', inputs: [], outputs: [name], attributes: new Map() };
  const config = { batch_input_shape: [null, height, width, channels], dtype: 'float32', sparse: false };
  const layer = plan.add(node, { kind: 'InputLayer', config, inputs: [] });
  return { kind: 'maps', layer, height, width, channels, order, isNonNegative: false };
}

/** PyTorch puts the channels of images before height and width, TensorFlow behind them. */
function inputOrder({ input, nodes }: OnnxGraph): string {
  const isColours = (side: number | null | undefined) => side === 1 || side === 3;
  const [, first, , last] = input.dims;
  if (isColours(first) !== isColours(last)) return isColours(first) ? 'bchw' : 'bhwc';
  const transposes = nodes.some(
    ({ operator, inputs, attributes }) =>
      operator === 'Transpose' && inputs[0] === input.name && JSON.stringify(attributes.get('perm')) === '[0,3,1,2]',
  );
  return transposes ? 'bhwc' : 'bchw';
}

function outputLayer({ path, graph, values }: Translation): string {
  const name = graph.outputs[0]!;
  const value = values.get(name);
  if (value?.kind === 'vector' && value.rows === null && value.dims.length === 1) return value.layer;
  const shape = value ? `[${describeDims(value)}]` : 'not there';
  throw modelUnreadable(
    path,
    `its output "${name}" is ${shape}`,
    'The lab needs one output of one number per class: [?, classes].',
  );
}
