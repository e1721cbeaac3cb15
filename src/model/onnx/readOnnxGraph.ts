import type { onnx } from 'onnx-proto';
import { modelUnreadable } from '../files/modelUnreadable';
import type { NamedBytes } from '../files/packModelFiles';
import { decodeModel, mostNodes } from './decodeModel';
import { decodeTensor } from './decodeTensor';
import type { OnnxAttribute, OnnxGraph, OnnxNode } from './onnxGraph';

const oldestOpset = 11;
const newestOpset = 21;
/** float16 and bfloat16. */
const halfCodes = [10, 16];

/**
 * Reads an ONNX file as it is: its nodes in their order, its tensors as float32.
 *
 * @param files all files that were given, for weights that lie beside the model
 * @throws LabError `model-unreadable`: damaged, beyond the limits of `decodeModel`, of other operators than the standard's 11 to 21, or a tensor is
 */
export async function readOnnxGraph({ path, bytes }: NamedBytes, files: NamedBytes[]): Promise<OnnxGraph> {
  const model = await decodeModel(path, bytes);
  const graph = model.graph;
  if (!graph || (graph.node ?? []).length === 0) {
    throw modelUnreadable(path, 'it holds no network', 'Export the network again: torch.onnx.export or tf2onnx.');
  }
  if (graph.node!.length > mostNodes) {
    throw modelUnreadable(path, `it has ${graph.node!.length} nodes`, `The lab reads networks of up to ${mostNodes}.`);
  }
  const opset = readOpset(path, model.opsetImport ?? []);
  if ((graph.sparseInitializer ?? []).length > 0) {
    throw modelUnreadable(path, 'it holds sparse weights', 'Export the network with dense weights.');
  }
  const decode = (tensor: onnx.ITensorProto) => decodeTensor(path, tensor, files);
  const initializers = new Map((graph.initializer ?? []).map((tensor) => [tensor.name ?? '', decode(tensor)]));
  const inputs = (graph.input ?? []).filter(({ name }) => !initializers.has(name ?? ''));
  const [input] = inputs;
  if (!input || inputs.length > 1) {
    const names = inputs.map(({ name }) => `"${name}"`).join(', ') || 'none';
    throw modelUnreadable(path, `its inputs are ${names}`, 'The lab needs one input of images.');
  }
  const outputs = (graph.output ?? []).map(({ name }) => name ?? '');
  return {
    nodes: (graph.node ?? []).map((node) => readNode(path, node, decode)),
    input: { name: input.name ?? '', dims: readDims(input) },
    outputs,
    initializers,
    halves: (graph.initializer ?? []).filter(({ dataType }) => halfCodes.includes(dataType ?? 0)).length,
    opset,
    producer: [model.producerName, model.producerVersion].filter(Boolean).join(' ') || 'an unnamed program',
    metadata: new Map((model.metadataProps ?? []).map(({ key, value }) => [key ?? '', value ?? ''])),
  };
}

function readOpset(path: string, imports: onnx.IOperatorSetIdProto[]): number {
  const standard = imports.find(({ domain }) => !domain || domain === 'ai.onnx');
  const opset = Number(standard?.version ?? 0);
  if (opset >= oldestOpset && opset <= newestOpset) return opset;
  throw modelUnreadable(
    path,
    `it uses the operators of ONNX' version ${opset}`,
    `Export it with a version from ${oldestOpset} to ${newestOpset}: opset_version=17.`,
  );
}

function readDims({ type }: onnx.IValueInfoProto): (number | null)[] {
  return (type?.tensorType?.shape?.dim ?? []).map(({ dimValue }) => {
    const side = Number(dimValue ?? 0);
    return side > 0 ? side : null;
  });
}

function readNode(path: string, node: onnx.INodeProto, decode: (tensor: onnx.ITensorProto) => OnnxAttribute): OnnxNode {
  const { opType, domain } = node;
  const outputs = node.output ?? [];
  const name = node.name || outputs[0] || '';
  if (domain && domain !== 'ai.onnx') {
    throw modelUnreadable(
      path,
      `the node "${name}" is a ${opType} of "${domain}", which is no standard operator`,
      'Export the network with standard operators only.',
    );
  }
  const attributes = new Map<string, OnnxAttribute>();
  for (const attribute of node.attribute ?? []) {
    const value = readAttribute(attribute, decode);
    if (value !== undefined) attributes.set(attribute.name ?? '', value);
  }
  return { name, operator: opType ?? '', inputs: node.input ?? [], outputs, attributes };
}

/** Attributes of other kinds, such as graphs, belong to operators that the lab refuses. */
function readAttribute(
  { type, f, i, s, t, floats, ints }: onnx.IAttributeProto,
  decode: (tensor: onnx.ITensorProto) => OnnxAttribute,
): OnnxAttribute | undefined {
  switch (Number(type ?? 0)) {
    case 1:
      return f ?? 0;
    case 2:
      return Number(i ?? 0);
    case 3:
      return new TextDecoder().decode(s ?? new Uint8Array());
    case 4:
      return decode(t ?? {});
    case 6:
      return [...(floats ?? [])];
    case 7:
      return (ints ?? []).map(Number);
    default:
      return undefined;
  }
}
