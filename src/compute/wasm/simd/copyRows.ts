import { type WasmFunction, wasm } from './assemble';

/** Copies `rows` stretches of `bytes` bytes each, the next one `sourceStep` and `targetStep` bytes further on. */
export const copyRows: WasmFunction = {
  name: 'copyRows',
  params: ['source', 'target', 'rows', 'bytes', 'sourceStep', 'targetStep'],
  integers: ['row'],
  vectors: [],
  body: ({ get, advance, repeat }) =>
    repeat(
      'row',
      get('rows'),
      wasm.copy(get('target'), get('source'), get('bytes')),
      advance('source', get('sourceStep')),
      advance('target', get('targetStep')),
    ),
};
