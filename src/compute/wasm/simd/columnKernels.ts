import { type WasmFunction, wasm } from './assemble';

/**
 * Sums of the columns of a row-major matrix, four columns at a time: sums[c] = Σ over rows of x[r, c].
 *
 * Rows lie `rowBytes` apart. Sums are float32: call it on few rows and add up the results.
 */
export const columnSums: WasmFunction = {
  name: 'columnSums',
  params: ['x', 'sums', 'rows', 'vectors', 'rowBytes'],
  integers: ['vector', 'row', 'at'],
  vectors: ['sum'],
  body: ({ get, set, advance, repeat }) =>
    repeat(
      'vector',
      get('vectors'),
      set('sum', wasm.splat(0)),
      set('at', get('x')),
      repeat(
        'row',
        get('rows'),
        set('sum', wasm.add(get('sum'), wasm.load(get('at')))),
        advance('at', get('rowBytes')),
      ),
      wasm.store(get('sums'), get('sum')),
      advance('x', wasm.i32(16)),
      advance('sums', wasm.i32(16)),
    ),
};

/** Sums over rows of a product: sums[c] = Σ (a[r, c] - aShift[c]) · (b[r, c] - bShift[c]). Otherwise as `columnSums`. */
export const columnProducts: WasmFunction = {
  name: 'columnProducts',
  params: ['a', 'aShift', 'b', 'bShift', 'sums', 'rows', 'vectors', 'rowBytes'],
  integers: ['vector', 'row', 'aAt', 'bAt'],
  vectors: ['sum', 'aMinus', 'bMinus'],
  body: ({ get, set, advance, multiplyAdd, repeat }) =>
    repeat(
      'vector',
      get('vectors'),
      set('sum', wasm.splat(0)),
      set('aMinus', wasm.load(get('aShift'))),
      set('bMinus', wasm.load(get('bShift'))),
      set('aAt', get('a')),
      set('bAt', get('b')),
      repeat(
        'row',
        get('rows'),
        set(
          'sum',
          multiplyAdd(
            wasm.minus(wasm.load(get('aAt')), get('aMinus')),
            wasm.minus(wasm.load(get('bAt')), get('bMinus')),
            get('sum'),
          ),
        ),
        advance('aAt', get('rowBytes')),
        advance('bAt', get('rowBytes')),
      ),
      wasm.store(get('sums'), get('sum')),
      ...['a', 'aShift', 'b', 'bShift', 'sums'].map((name) => advance(name, wasm.i32(16))),
    ),
};

/** Row by row, y[r, c] = a[r, c] · aGain[c] + b[r, c] · bGain[c] + shift[c]. Rows lie side by side. */
export const combineRows: WasmFunction = {
  name: 'combineRows',
  params: ['a', 'aGain', 'b', 'bGain', 'shift', 'y', 'rows', 'vectors'],
  integers: ['row', 'vector', 'column'],
  vectors: [],
  body: ({ get, set, advance, repeat }) =>
    repeat(
      'row',
      get('rows'),
      set('column', wasm.i32(0)),
      repeat(
        'vector',
        get('vectors'),
        wasm.store(
          get('y'),
          wasm.add(
            wasm.add(
              wasm.times(wasm.load(get('a')), wasm.load(wasm.plus(get('aGain'), get('column')))),
              wasm.times(wasm.load(get('b')), wasm.load(wasm.plus(get('bGain'), get('column')))),
            ),
            wasm.load(wasm.plus(get('shift'), get('column'))),
          ),
        ),
        ...['a', 'b', 'y', 'column'].map((name) => advance(name, wasm.i32(16))),
      ),
    ),
};

/** Row by row, y[r, c] = x[r, c] · gain[c] + shift[c]. Rows lie side by side. */
export const scaleRows: WasmFunction = {
  name: 'scaleRows',
  params: ['x', 'gain', 'shift', 'y', 'rows', 'vectors'],
  integers: ['row', 'vector', 'column'],
  vectors: [],
  body: ({ get, set, advance, repeat }) =>
    repeat(
      'row',
      get('rows'),
      set('column', wasm.i32(0)),
      repeat(
        'vector',
        get('vectors'),
        wasm.store(
          get('y'),
          wasm.add(
            wasm.times(wasm.load(get('x')), wasm.load(wasm.plus(get('gain'), get('column')))),
            wasm.load(wasm.plus(get('shift'), get('column'))),
          ),
        ),
        ...['x', 'y', 'column'].map((name) => advance(name, wasm.i32(16))),
      ),
    ),
};

/** dx = dy where x > 0, else 0. */
export const reluGradient: WasmFunction = {
  name: 'reluGradient',
  params: ['x', 'dy', 'dx', 'vectors'],
  integers: ['vector'],
  vectors: ['zero'],
  body: ({ get, set, advance, repeat }) => [
    ...set('zero', wasm.splat(0)),
    ...repeat(
      'vector',
      get('vectors'),
      wasm.store(get('dx'), wasm.and(wasm.load(get('dy')), wasm.greater(wasm.load(get('x')), get('zero')))),
      ...['x', 'dy', 'dx'].map((name) => advance(name, wasm.i32(16))),
    ),
  ],
};
