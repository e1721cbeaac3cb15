import { type Code, type WasmFunction, wasm } from './assemble';

/** Rows of `a` that one pass over a panel of `b` serves. */
export const matrixRows = 4;
/** Columns of a panel of `b`: two vectors of four. */
export const panelColumns = 8;

const rows = [0, 1, 2, 3] as const;
const halves = [0, 1] as const;
const sumName = (row: number, half: number) => `sum${row}${half}`;

/**
 * Matrix product c = start + a · b, in tiles of 4 rows × 8 columns whose sums stay in registers.
 *
 * `start` is one row of c, added to all of them; `a` is row-major [4 · rowGroups, inner]; `b` lies in panels of 8 columns, [panels][inner][8]; `c` is row-major
 * [4 · rowGroups, 8 · panels]. All dense.
 */
export const matrixTiles: WasmFunction = {
  name: 'matrixTiles',
  params: ['start', 'a', 'b', 'c', 'rowGroups', 'inner', 'panels'],
  integers: ['aRowBytes', 'cRowBytes', 'rowGroup', 'panel', 'step', 'aRow', 'bAt', 'cAt', ...rows.map((r) => `a${r}`)],
  vectors: ['value', 'left', 'right', ...rows.flatMap((row) => halves.map((half) => sumName(row, half)))],
  body: ({ get, set, advance, repeat, multiplyAdd }) => {
    const eachSum = (action: (name: string, row: number, half: number) => Code): Code =>
      rows.flatMap((row) => halves.flatMap((half) => action(sumName(row, half), row, half)));
    const addProducts = rows.flatMap((row) => [
      ...set('value', wasm.loadSplat(get(`a${row}`))),
      ...advance(`a${row}`, wasm.i32(4)),
      ...halves.flatMap((half) => {
        const sum = sumName(row, half);
        return set(sum, multiplyAdd(get('value'), get(half === 0 ? 'left' : 'right'), get(sum)));
      }),
    ]);
    const rowAddress = (start: string, bytes: string, row: number) =>
      wasm.plus(get(start), wasm.mul(get(bytes), wasm.i32(row)));
    const tile = [
      eachSum((sum, _, half) => set(sum, wasm.load(get('start'), half * 16))),
      rows.flatMap((row) => set(`a${row}`, rowAddress('aRow', 'aRowBytes', row))),
      set('bAt', get('b')),
      repeat(
        'step',
        get('inner'),
        set('left', wasm.load(get('bAt'))),
        set('right', wasm.load(get('bAt'), 16)),
        addProducts,
        advance('bAt', wasm.i32(panelColumns * 4)),
      ),
      eachSum((sum, row, half) => wasm.store(rowAddress('cAt', 'cRowBytes', row), get(sum), half * 16)),
    ];
    return [
      ...set('aRowBytes', wasm.mul(get('inner'), wasm.i32(4))),
      ...set('cRowBytes', wasm.mul(get('panels'), wasm.i32(panelColumns * 4))),
      ...repeat(
        'panel',
        get('panels'),
        set('aRow', get('a')),
        set('cAt', get('c')),
        repeat(
          'rowGroup',
          get('rowGroups'),
          ...tile,
          advance('aRow', wasm.mul(get('aRowBytes'), wasm.i32(matrixRows))),
          advance('cAt', wasm.mul(get('cRowBytes'), wasm.i32(matrixRows))),
        ),
        advance('b', wasm.mul(get('inner'), wasm.i32(panelColumns * 4))),
        advance('c', wasm.i32(panelColumns * 4)),
        advance('start', wasm.i32(panelColumns * 4)),
      ),
    ];
  },
};
