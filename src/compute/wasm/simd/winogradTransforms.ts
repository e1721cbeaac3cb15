import { type Code, type Names, type WasmFunction, wasm } from './assemble';

/** A matrix of small numbers, row by row. */
type Matrix = readonly (readonly number[])[];

/**
 * The transforms of a 3×3 convolution (or correlation) worked out in patches of 4×4 pixels that overlap by two. With
 * U = G·w·Gᵀ and V = Bᵀ·x·B, sixteen products per channel pair replace the 36 that two by two outputs take:
 *
 *     y (2×2) = Aᵀ·(U ∘ V)·A
 *
 * and for the gradient of the filter, where dy (2×2) takes the filter's place and dw (3×3) the output's:
 *
 *     dw = Cᵀ·(V ∘ (H·dy·Hᵀ))·C
 *
 * @source Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks" (2016), F(2×2, 3×3) and F(3×3, 2×2)
 */
const inputMatrix: Matrix = [
  [1, 0, -1, 0],
  [0, 1, 1, 0],
  [0, -1, 1, 0],
  [0, 1, 0, -1],
];
const filterMatrix: Matrix = [
  [1, 0, 0],
  [0.5, 0.5, 0.5],
  [0.5, -0.5, 0.5],
  [0, 0, 1],
];
const outputMatrix: Matrix = [
  [1, 1, 1, 0],
  [0, 1, -1, -1],
];
const outputGradientMatrix: Matrix = [
  [1, 0],
  [0.5, 0.5],
  [0.5, -0.5],
  [0, 1],
];
const filterGradientMatrix: Matrix = [
  [1, 1, 1, 0],
  [0, 1, -1, 0],
  [0, 1, 1, -1],
];

export const winogradInput = transform('winogradInput', inputMatrix);
export const winogradFilter = transform('winogradFilter', filterMatrix);
export const winogradOutput = transform('winogradOutput', outputMatrix);
export const winogradOutputGradient = transform('winogradOutputGradient', outputGradientMatrix);
export const winogradFilterGradient = transform('winogradFilterGradient', filterGradientMatrix);

/**
 * A kernel that computes M·s·Mᵀ for many small square matrices s, four channels at a time.
 *
 * A matrix element is a row of channels; `…RowBytes` and `…ColumnBytes` lead from one element to the next, `…TileBytes`
 * from one matrix to the next, `…LineBytes` from one line of matrices to the next. Channels lie side by side, `vectors`
 * times four.
 */
function transform(name: string, matrix: Matrix): WasmFunction {
  const size = matrix[0]!.length;
  const inner = [...matrix[0]!.keys()];
  const outer = [...matrix.keys()];
  const half = (row: number, column: number) => `half${row}${column}`;
  return {
    name,
    params: [
      'source',
      'target',
      'lines',
      'tiles',
      'vectors',
      'sourceRowBytes',
      'sourceColumnBytes',
      'sourceTileBytes',
      'sourceLineBytes',
      'targetRowBytes',
      'targetColumnBytes',
      'targetTileBytes',
      'targetLineBytes',
    ],
    integers: ['line', 'tile', 'tileFrom', 'tileTo', 'vector', 'from', 'to', 'at', 'rowAt'],
    vectors: [...inner.map((row) => `in${row}`), ...outer.flatMap((row) => inner.map((column) => half(row, column)))],
    body: ({ get, set, advance, repeat }) => {
      const sum = (weights: readonly number[], names: readonly string[]) => weightedSum(get, weights, names);
      const transformColumn = (column: number): Code => [
        ...set('rowAt', get('at')),
        ...inner.flatMap((row) => [
          ...set(`in${row}`, wasm.load(get('rowAt'))),
          ...(row < size - 1 ? advance('rowAt', get('sourceRowBytes')) : []),
        ]),
        ...outer.flatMap((row) =>
          set(
            half(row, column),
            sum(
              matrix[row]!,
              inner.map((at) => `in${at}`),
            ),
          ),
        ),
        ...advance('at', get('sourceColumnBytes')),
      ];
      const transformRow = (row: number): Code => [
        ...set('at', get('rowAt')),
        ...outer.flatMap((column) => [
          ...wasm.store(
            get('at'),
            sum(
              matrix[column]!,
              inner.map((at) => half(row, at)),
            ),
          ),
          ...advance('at', get('targetColumnBytes')),
        ]),
        ...advance('rowAt', get('targetRowBytes')),
      ];
      const overVectors = repeat(
        'vector',
        get('vectors'),
        set('at', get('from')),
        inner.flatMap(transformColumn),
        set('rowAt', get('to')),
        outer.flatMap(transformRow),
        advance('from', wasm.i32(16)),
        advance('to', wasm.i32(16)),
      );
      return repeat(
        'line',
        get('lines'),
        set('tileFrom', get('source')),
        set('tileTo', get('target')),
        repeat(
          'tile',
          get('tiles'),
          set('from', get('tileFrom')),
          set('to', get('tileTo')),
          overVectors,
          advance('tileFrom', get('sourceTileBytes')),
          advance('tileTo', get('targetTileBytes')),
        ),
        advance('source', get('sourceLineBytes')),
        advance('target', get('targetLineBytes')),
      );
    },
  };
}

/** Σ weight · vector, without a product for weights of 1 and -1, and with a single one where all have the same size. */
function weightedSum(get: Names['get'], weights: readonly number[], names: readonly string[]): Code {
  const used = weights.flatMap((weight, index) => (weight === 0 ? [] : [{ weight, value: get(names[index]!) }]));
  used.sort((a, b) => Math.sign(b.weight) - Math.sign(a.weight));
  const size = Math.abs(used[0]!.weight);
  const [first, ...rest] = used;
  const total = rest.reduce(
    (sum, { weight, value }) => (weight > 0 ? wasm.add(sum, value) : wasm.minus(sum, value)),
    first!.value,
  );
  return size === 1 ? total : wasm.times(total, wasm.splat(size));
}
