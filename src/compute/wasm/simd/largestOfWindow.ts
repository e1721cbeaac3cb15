import { type WasmFunction, wasm } from './assemble';

/**
 * One output pixel of the max pooling gradient, four channels at a time: finds the largest value of the window and adds
 * the output's gradient to the first pixel, in row order, that holds it.
 *
 * `x` and `dx` point at the first pixel of the window, `dy` at the output pixel; the window must lie on the image.
 */
export const largestOfWindow: WasmFunction = {
  name: 'largestOfWindow',
  params: ['x', 'dx', 'dy', 'vectors', 'windowRows', 'windowColumns', 'pixelBytes', 'rowBytes'],
  integers: ['vector', 'row', 'column', 'rowAt', 'at'],
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
    const value = wasm.load(wasm.plus(get('x'), get('at')));
    const target = wasm.plus(get('dx'), get('at'));
    return repeat(
      'vector',
      get('vectors'),
      set('largest', wasm.load(get('x'))),
      overWindow(set('largest', wasm.larger(get('largest'), value))),
      // Lanes of `open` hold the gradient until its pixel is found, then 0.
      set('open', wasm.load(get('dy'))),
      overWindow(
        set('hit', wasm.and(wasm.equal(value, get('largest')), get('open'))),
        wasm.store(target, wasm.add(wasm.load(target), get('hit'))),
        set('open', wasm.andNot(get('open'), wasm.equal(value, get('largest')))),
      ),
      advance('x', wasm.i32(16)),
      advance('dx', wasm.i32(16)),
      advance('dy', wasm.i32(16)),
    );
  },
};
