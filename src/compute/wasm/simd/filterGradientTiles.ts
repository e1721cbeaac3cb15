import { type Code, type WasmFunction, wasm } from './assemble';

/** Input channels of a tile: as many accumulator rows. */
export const tileRows = 4;
/** Output channels of a tile: two vectors of four. */
export const tileColumns = 8;
export const tileBytes = tileRows * tileColumns * 4;

const rows = [0, 1, 2, 3] as const;
const halves = [0, 1] as const;
const accumulator = (row: number, half: number) => `sum${row}${half}`;

/**
 * Adds the products of a block of output pixels to the filter gradient: for each tap along a kernel row, and each tile
 * of 4 input × 8 output channels, sum[c, o] += Σ over pixels of x[pixel·stride + tap, c] · dy[pixel, o].
 *
 * The 32 sums of a tile stay in registers over all pixels of the block. Tiles lie in memory one after the other in the
 * order [tap][input tile][output tile][4][8]. Channels are read in whole tiles: both blocks need `tileColumns` readable
 * values after their end; what is read there goes to sums that nobody uses.
 */
export const filterGradientTiles: WasmFunction = {
  name: 'filterGradientTiles',
  params: [
    'x',
    'dy',
    'tiles',
    'taps',
    'inputTiles',
    'outputTiles',
    'pixelRows',
    'pixelColumns',
    'xTapBytes',
    'xPixelBytes',
    'xRowBytes',
    'dyPixelBytes',
    'dyRowBytes',
  ],
  integers: ['tap', 'inputTile', 'outputTile', 'pixelRow', 'pixel', 'xTile', 'dyTile', 'xRow', 'dyRow', 'xAt', 'dyAt'],
  vectors: ['value', 'left', 'right', ...rows.flatMap((row) => halves.map((half) => accumulator(row, half)))],
  body: ({ get, set, advance, repeat, multiplyAdd }) => {
    const eachSum = (action: (name: string, offset: number, row: number, half: number) => Code): Code =>
      rows.flatMap((row) => halves.flatMap((half) => action(accumulator(row, half), (row * 2 + half) * 16, row, half)));
    const addProducts = rows.flatMap((row) => [
      ...set('value', wasm.loadSplat(get('xAt'), row * 4)),
      ...halves.flatMap((half) => {
        const sum = accumulator(row, half);
        return set(sum, multiplyAdd(get('value'), get(half === 0 ? 'left' : 'right'), get(sum)));
      }),
    ]);
    const overPixels = repeat(
      'pixelRow',
      get('pixelRows'),
      set('xAt', get('xRow')),
      set('dyAt', get('dyRow')),
      repeat(
        'pixel',
        get('pixelColumns'),
        set('left', wasm.load(get('dyAt'))),
        set('right', wasm.load(get('dyAt'), 16)),
        addProducts,
        advance('xAt', get('xPixelBytes')),
        advance('dyAt', get('dyPixelBytes')),
      ),
      advance('xRow', get('xRowBytes')),
      advance('dyRow', get('dyRowBytes')),
    );
    const overOutputs = repeat(
      'outputTile',
      get('outputTiles'),
      eachSum((sum, offset) => set(sum, wasm.load(get('tiles'), offset))),
      set('xRow', get('xTile')),
      set('dyRow', get('dyTile')),
      overPixels,
      eachSum((sum, offset) => wasm.store(get('tiles'), get(sum), offset)),
      advance('tiles', wasm.i32(tileBytes)),
      advance('dyTile', wasm.i32(tileColumns * 4)),
    );
    const overInputs = repeat(
      'inputTile',
      get('inputTiles'),
      set('dyTile', get('dy')),
      overOutputs,
      advance('xTile', wasm.i32(tileRows * 4)),
    );
    return repeat('tap', get('taps'), set('xTile', get('x')), overInputs, advance('x', get('xTapBytes')));
  },
};
