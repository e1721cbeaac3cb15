import { depthwiseConv2d, image, type Tensor, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { SlopeCase } from './slopeOf';

type Pair = [number, number];

interface Layer {
  apply(x: Tensor): unknown;
}

interface Pooling {
  poolSize: Pair;
  strides: Pair;
}

const shape = [2, 4, 5, 2];

const unevenSides: [Pair, Pair] = [
  [1, 0],
  [1, 2],
];

/** Pooling, padding, cropping, resizing and depthwise convolution, with windows and sides that make the border uneven. */
export const layerSlopes: readonly SlopeCase[] = [
  ...poolings('AveragePooling2D', layers.averagePooling2d),
  ...poolings('MaxPooling2D', layers.maxPooling2d),
  ofLayer('GlobalAveragePooling2D', () => layers.globalAveragePooling2d({})),
  ofLayer('GlobalMaxPooling2D', () => layers.globalMaxPooling2d({})),
  ofLayer('ZeroPadding2D, all sides different', () => layers.zeroPadding2d({ padding: unevenSides })),
  ofLayer('Cropping2D, all sides different', () => layers.cropping2D({ cropping: unevenSides })),
  ofLayer('Rescaling', () => layers.rescaling({ scale: 0.25, offset: -3 })),
  ...upSamplings('nearest'),
  ...upSamplings('bilinear'),
  ...resizings('nearest', image.resizeNearestNeighbor),
  ...resizings('bilinear', image.resizeBilinear),
  ...depthwise(),
];

function ofLayer(name: string, make: () => Layer): SlopeCase {
  return { name, shape, operation: (x) => make().apply(x) as Tensor };
}

function poolings(name: string, make: (args: Pooling & { padding: 'same' | 'valid' }) => Layer) {
  const windows: Pooling[] = [
    { poolSize: [1, 1], strides: [1, 1] },
    { poolSize: [1, 1], strides: [2, 2] },
    { poolSize: [2, 2], strides: [2, 2] },
    { poolSize: [3, 3], strides: [1, 1] },
    { poolSize: [3, 3], strides: [2, 2] },
    { poolSize: [2, 3], strides: [3, 1] },
    { poolSize: [4, 5], strides: [4, 5] },
  ];
  return windows.flatMap(({ poolSize, strides }) =>
    (['same', 'valid'] as const).map((padding) =>
      ofLayer(`${name} ${poolSize.join('×')}, strides ${strides.join(' and ')}, ${padding}`, () =>
        make({ poolSize, strides, padding }),
      ),
    ),
  );
}

function upSamplings(interpolation: 'nearest' | 'bilinear') {
  const sizes: Pair[] = [
    [2, 2],
    [3, 2],
    [1, 4],
    [1, 1],
  ];
  return sizes.map((size) =>
    ofLayer(`UpSampling2D by ${size.join(' and ')}, ${interpolation}`, () =>
      layers.upSampling2d({ size, interpolation }),
    ),
  );
}

function resizings(name: string, resize: typeof image.resizeBilinear): SlopeCase[] {
  const sizes: Pair[] = [
    [7, 8],
    [3, 2],
    [8, 10],
    [4, 5],
    [1, 1],
  ];
  const settings: [string, boolean, boolean][] = [
    ['corners of pixels', false, false],
    ['corners aligned', true, false],
    ['half-pixel centres', false, true],
  ];
  return sizes.flatMap((size) =>
    settings.map(([centres, alignCorners, halfPixelCenters]) => ({
      name: `${name} resizing to ${size.join('×')}, ${centres}`,
      shape,
      operation: (x: Tensor) => resize(x as Tensor4D, size, alignCorners, halfPixelCenters),
    })),
  );
}

function depthwise(): SlopeCase[] {
  const waves = (of: [number, number, number, number]) =>
    tensor4d(
      Float32Array.from({ length: of.reduce((a, b) => a * b) }, (_, i) => Math.sin(0.9 * i + 2)),
      of,
    );
  return (['same', 'valid'] as const).flatMap((pad) => [
    {
      name: `depthwise convolution 3×3, stride 2, ${pad}, input`,
      shape,
      operation: (x: Tensor) => depthwiseConv2d(x as Tensor4D, waves([3, 3, 2, 2]), 2, pad),
    },
    {
      name: `depthwise convolution 3×3, stride 2, ${pad}, filter`,
      shape: [3, 3, 2, 2],
      operation: (filter: Tensor) => depthwiseConv2d(waves([2, 4, 5, 2]), filter as Tensor4D, 2, pad),
    },
  ]);
}
