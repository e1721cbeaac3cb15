import { type WasmFunction, wasm } from './assemble';

/**
 * Output pixels of the max pooling gradient, four channels at a time: finds the largest value of each window and adds
 * the output's gradient to the first pixel, in row order, that holds it.
 *
 * `x` and `dx` point at the first pixel of the first window, `dy` at its output pixel; windows lie `windowStep` bytes
 * apart, and on the image as a whole.
 */
export const largestOfWindow: WasmFunction = {
  name: 'largestOfWindow',
  params: [
    'x',
    'dx',
    'dy',
    'windows',
    'windowStep',
    'vectors',
    'windowRows',
    'windowColumns',
    'pixelBytes',
    'rowBytes',
  ],
  integers: ['window', 'vector', 'xAt', 'dxAt', 'dyAt', 'row', 'column', 'rowAt', 'at'],
  vectors: ['largest', 'open', 'hit'],
  body: ({ get, set, advance, repeat }) => {
    const overWindow = (...visit: (readonly number[])[]) => [
      ...set('rowAt', wasm.i32(0)),
      ...repeat(
        'row',
        get('windowRows'),
        set('at', get('rowAt')),
        repeat('column', get('windowColumns'), ...visit, advance('at', get('pixelBytes'))),
        advance('rowAt', get('rowBytes')),
      ),
    ];
    const value = wasm.load(wasm.plus(get('xAt'), get('at')));
    const target = wasm.plus(get('dxAt'), get('at'));
    const overVectors = repeat(
      'vector',
      get('vectors'),
      set('largest', wasm.load(get('xAt'))),
      overWindow(set('largest', wasm.larger(get('largest'), value))),
      // Lanes of `open` hold the gradient until its pixel is found, then 0.
      set('open', wasm.load(get('dyAt'))),
      overWindow(
        set('hit', wasm.and(wasm.equal(value, get('largest')), get('open'))),
        wasm.store(target, wasm.add(wasm.load(target), get('hit'))),
        set('open', wasm.andNot(get('open'), wasm.equal(value, get('largest')))),
      ),
      advance('xAt', wasm.i32(16)),
      advance('dxAt', wasm.i32(16)),
      advance('dyAt', wasm.i32(16)),
    );
    return repeat(
      'window',
      get('windows'),
      set('xAt', get('x')),
      set('dxAt', get('dx')),
      set('dyAt', get('dy')),
      overVectors,
      advance('x', get('windowStep')),
      advance('dx', get('windowStep')),
      advance('dy', get('pixelBytes')),
    );
  },
};
