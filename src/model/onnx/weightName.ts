import type { NodeContext } from './translation';

/** PyTorch names weights by their module, `layer1.0.conv1.weight`: that is the layer's name then; otherwise its node's. */
export function weightName({ node }: NodeContext, index: number): string {
  const weight = node.inputs[index] ?? '';
  return weight.endsWith('.weight') ? weight.slice(0, -'.weight'.length) : node.name;
}
