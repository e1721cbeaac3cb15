import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Kinds of layers that are modules of their own in torchvision's `features`. */
const featureKinds = new Set(['Conv2D', 'BatchNormalization', 'Activation', 'MaxPooling2D']);
/** Kinds that end torchvision's `features`. */
const endKinds = new Set(['GlobalAveragePooling2D', 'GlobalMaxPooling2D', 'Flatten']);
/** The dense head's layers in torchvision's `classifier`, between which stand ReLU and Dropout. */
const classifierNames: Record<string, string> = { fc1: 'classifier.0', fc2: 'classifier.3', fc3: 'classifier.6' };

/**
 * What PyTorch calls each layer. ResNet's layers have torchvision's names already. In a plain chain with the lab's names
 * (`conv1`, `bn1`, …) they become torchvision's: `features.0`, `features.1`, …, `classifier.0`. Chains with other kinds of layers
 * than torchvision's keep the lab's names.
 */
export function pyTorchNames(network: LayersModel): Map<string, string> {
  const isPlain = network.layers.every(({ inboundNodes }) =>
    inboundNodes.every((node) => node.inboundLayers.length <= 1),
  );
  const hasLabNames =
    network.layers.some(({ name }) => name === 'conv1') && network.layers.some(({ name }) => name === 'conv2');
  const features = network.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const end = features.findIndex((layer) => !featureKinds.has(layer.getClassName()));
  const isLikeTorchvision = isPlain && hasLabNames && end >= 0 && endKinds.has(features[end]!.getClassName());
  return new Map(
    network.layers.map((layer) => {
      const position = features.indexOf(layer);
      if (isLikeTorchvision && position >= 0 && position < end) return [layer.name, `features.${position}`];
      return [layer.name, (isLikeTorchvision && classifierNames[layer.name]) || pythonName(layer.name)];
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
