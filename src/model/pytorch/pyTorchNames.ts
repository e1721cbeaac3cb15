import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Kinds of layers that are modules of their own in torchvision's `features`. */
const featureKinds = new Set(['Conv2D', 'BatchNormalization', 'Activation', 'MaxPooling2D']);
/** The dense head's layers in torchvision's `classifier`, between which stand ReLU and Dropout. */
const classifierNames: Record<string, string> = { fc1: 'classifier.0', fc2: 'classifier.3', fc3: 'classifier.6' };

/**
 * What PyTorch calls each layer. ResNet's layers have torchvision's names already. In a plain chain with the lab's names
 * (`conv1`, `bn1`, …) they become torchvision's: `features.0`, `features.1`, …, `classifier.0`.
 */
export function pyTorchNames(network: LayersModel): Map<string, string> {
  const isPlain = network.layers.every(({ inboundNodes }) =>
    inboundNodes.every((node) => node.inboundLayers.length <= 1),
  );
  const hasLabNames =
    network.layers.some(({ name }) => name === 'conv1') && network.layers.some(({ name }) => name === 'conv2');
  const features = network.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const end = features.findIndex((layer) => !featureKinds.has(layer.getClassName()));
  return new Map(
    network.layers.map((layer) => {
      const position = features.indexOf(layer);
      if (isPlain && hasLabNames && position >= 0 && position < end) return [layer.name, `features.${position}`];
      return [layer.name, (isPlain && hasLabNames && classifierNames[layer.name]) || pythonName(layer.name)];
    }),
  );
}

/** A name that Python takes: parts joined by points, each of letters, digits and underscores. */
function pythonName(name: string): string {
  return name
    .split('.')
    .map((part) => part.replaceAll(/\W/g, '_') || '_')
    .join('.');
}
