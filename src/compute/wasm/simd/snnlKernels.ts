import { type Code, type Names, type WasmFunction, wasm } from './assemble';

/** Points compared in one tile of the distance kernel: rows, and columns. */
export const distanceRows = 4;
export const distanceColumns = 2;

const rows = [0, 1, 2, 3] as const;
const columns = [0, 1] as const;

/** Copies `count` vectors of four values, `sourceStep` and `targetStep` bytes apart. */
export const gatherPoints: WasmFunction = {
  name: 'gatherPoints',
  params: ['source', 'target', 'count', 'sourceStep', 'targetStep'],
  integers: ['step'],
  vectors: [],
  body: ({ get, advance, repeat }) =>
    repeat(
      'step',
      get('count'),
      wasm.store(get('target'), wasm.load(get('source'))),
      advance('source', get('sourceStep')),
      advance('target', get('targetStep')),
    ),
};

/**
 * Squared Euclidean distances of four points to `tiles` × 2 others, in four channels at once, written to a matrix and
 * mirrored at its diagonal: Σ over pixels of (row - column)², by subtracting first, so that nothing cancels.
 *
 * A point is one vector per pixel, `pixelBytes` apart; points lie side by side. `out` and `mirror` point at the first of
 * the four rows, and at the first of the four columns, of a matrix of vectors with rows of `rowBytes`.
 */
export const squaredDistances: WasmFunction = {
  name: 'squaredDistances',
  params: ['row', 'column', 'out', 'mirror', 'tiles', 'pixels', 'pixelBytes', 'rowBytes'],
  integers: ['tile', 'pixel', 'rowAt', 'columnAt', 'outAt'],
  vectors: [
    'difference',
    ...columns.map((c) => `column${c}`),
    ...rows.flatMap((r) => columns.map((c) => `sum${r}${c}`)),
  ],
  body: ({ get, set, advance, multiplyAdd, repeat }) => {
    const eachSum = (action: (name: string, r: number, c: number) => Code): Code =>
      rows.flatMap((r) => columns.flatMap((c) => action(`sum${r}${c}`, r, c)));
    const addPixel = eachSum((sum, r, c) => [
      ...set('difference', wasm.minus(wasm.load(get('rowAt'), r * 16), get(`column${c}`))),
      ...set(sum, multiplyAdd(get('difference'), get('difference'), get(sum))),
    ]);
    const storeRows = rows.flatMap((r) => [
      ...columns.flatMap((c) => wasm.store(get('outAt'), get(`sum${r}${c}`), c * 16)),
      ...advance('outAt', get('rowBytes')),
    ]);
    const storeMirrored = columns.flatMap((c) => [
      ...rows.flatMap((r) => wasm.store(get('mirror'), get(`sum${r}${c}`), r * 16)),
      ...advance('mirror', get('rowBytes')),
    ]);
    return repeat(
      'tile',
      get('tiles'),
      set('rowAt', get('row')),
      set('columnAt', get('column')),
      eachSum((sum) => set(sum, wasm.splat(0))),
      repeat(
        'pixel',
        get('pixels'),
        columns.flatMap((c) => set(`column${c}`, wasm.load(get('columnAt'), c * 16))),
        addPixel,
        advance('rowAt', get('pixelBytes')),
        advance('columnAt', get('pixelBytes')),
      ),
      set('outAt', get('out')),
      storeRows,
      storeMirrored,
      advance('column', wasm.i32(distanceColumns * 16)),
      advance('out', wasm.i32(distanceColumns * 16)),
    );
  },
};

/** e^x of each lane for x ≤ 0, to about 1e-7; below -87, where float32 ends, e^-87. */
function exponential({ get, set, multiplyAdd }: Names): Code {
  // Cephes expf: x = n·ln 2 + r, and a polynomial in r. ln 2 is subtracted in two parts, the first of which is exact.
  const coefficients = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.5];
  const polynomial = coefficients
    .slice(1)
    .reduce<Code>((sum, value) => multiplyAdd(sum, get('x'), wasm.splat(value)), wasm.splat(coefficients[0]!));
  return [
    ...set('x', wasm.larger(get('x'), wasm.splat(-87))),
    ...set('n', wasm.nearest(wasm.times(get('x'), wasm.splat(Math.LOG2E)))),
    ...set('x', multiplyAdd(get('n'), wasm.splat(-0.693359375), get('x'))),
    ...set('x', multiplyAdd(get('n'), wasm.splat(2.1219444e-4), get('x'))),
    ...set('x', wasm.add(multiplyAdd(wasm.times(polynomial, get('x')), get('x'), get('x')), wasm.splat(1))),
    ...set('x', wasm.times(get('x'), wasm.powerOfTwo(get('n')))),
  ];
}

/**
 * For each row of distances d: their smallest, and Σ exp((smallest - d) · scale), in four channels at once.
 *
 * Rows lie `rowBytes` apart and hold `count` vectors; `lows` and `sums` get one vector per row.
 */
export const softMinimum: WasmFunction = {
  name: 'softMinimum',
  params: ['d', 'lows', 'sums', 'rows', 'rowBytes', 'count', 'scale'],
  integers: ['row', 'step', 'at'],
  vectors: ['low', 'sum', 'x', 'n'],
  body: (names) => {
    const { get, set, advance, repeat } = names;
    return repeat(
      'row',
      get('rows'),
      set('at', get('d')),
      set('low', wasm.load(get('d'))),
      repeat(
        'step',
        get('count'),
        set('low', wasm.smaller(get('low'), wasm.load(get('at')))),
        advance('at', wasm.i32(16)),
      ),
      set('at', get('d')),
      set('sum', wasm.splat(0)),
      repeat(
        'step',
        get('count'),
        set('x', wasm.times(wasm.minus(get('low'), wasm.load(get('at'))), wasm.load(get('scale')))),
        exponential(names),
        set('sum', wasm.add(get('sum'), get('x'))),
        advance('at', wasm.i32(16)),
      ),
      wasm.store(get('lows'), get('low')),
      wasm.store(get('sums'), get('sum')),
      advance('lows', wasm.i32(16)),
      advance('sums', wasm.i32(16)),
      advance('d', get('rowBytes')),
    );
  },
};
