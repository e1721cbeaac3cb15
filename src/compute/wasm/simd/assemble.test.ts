import { describe, expect, it } from 'vitest';
import { assemble, type WasmFunction, wasm } from './assemble';

/** target[i] = a[i] · factor + b[i], vector by vector. */
const scaleAndAdd: WasmFunction = {
  name: 'scaleAndAdd',
  params: ['a', 'b', 'factor', 'target', 'vectors'],
  integers: ['left'],
  vectors: ['sum'],
  body: ({ get, set, advance, repeat }) =>
    repeat(
      'left',
      get('vectors'),
      set('sum', wasm.add(wasm.times(wasm.load(get('a')), wasm.loadSplat(get('factor'))), wasm.load(get('b')))),
      wasm.store(get('target'), get('sum')),
      advance('a', wasm.i32(16)),
      advance('b', wasm.i32(16)),
      advance('target', wasm.i32(16)),
    ),
};

function compile(source: WasmFunction) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const module = new WebAssembly.Module(assemble([source], { fused: false }));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const run = exports[source.name];
  if (typeof run !== 'function') throw new Error('not exported');
  return { run, values: new Float32Array(memory.buffer) };
}

describe('the assembler', () => {
  it('makes a module that the engine accepts and that computes what was written', () => {
    const { run, values } = compile(scaleAndAdd);
    values.set([1, 2, 3, 4, 5, 6, 7, 8], 0);
    values.set([10, 20, 30, 40, 50, 60, 70, 80], 100);
    values.set([2], 200);
    run(0, 400, 800, 1200, 2);
    expect(Array.from(values.subarray(300, 309))).toEqual([12, 24, 36, 48, 60, 72, 84, 96, 0]);
  });

  it.each([0, 1, 63, 64, -1, -64, -65, 127, 128, 8191, 8192, -8193, 2 ** 31 - 1, -(2 ** 31)])(
    'encodes the constant %d',
    (constant) => {
      const { run, values } = compile({
        name: 'putMinus',
        params: ['at', 'minus'],
        integers: [],
        vectors: [],
        // Stores at `at` + constant - constant, so that a wrongly read constant misses or traps.
        body: ({ get }) =>
          wasm.store(wasm.plus(wasm.plus(get('at'), wasm.i32(constant)), get('minus')), wasm.loadSplat(wasm.i32(0))),
      });
      values[0] = 7;
      run(64, -constant);
      expect(values[16]).toBe(7);
    },
  );

  it('refuses a name that the function does not declare', () => {
    const source: WasmFunction = { ...scaleAndAdd, body: ({ get }) => get('nothing') };
    expect(() => assemble([source], { fused: false })).toThrow(/"nothing" is no variable/);
  });
});
