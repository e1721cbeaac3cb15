/** Bytes of WebAssembly instructions. */
export type Code = readonly number[];

/** Names of the variables of a function, in the order of their indices. */
export interface Variables {
  params: readonly string[];
  integers: readonly string[];
  vectors: readonly string[];
}

/** A function over i32 parameters without a result, exported under its name. */
export interface WasmFunction extends Variables {
  name: string;
  body: (names: Names) => Code;
}

/** Reads and writes of the named variables of one function. */
export interface Names {
  get(name: string): Code;
  set(name: string, value: Code): Code;
  /** name += value, for integers. */
  advance(name: string, value: Code): Code;
  /** a · b + c of each lane; rounded once where the instruction is to be had, else twice. */
  multiplyAdd(a: Code, b: Code, c: Code): Code;
  /** Runs the body `count` times, at least once. `counter` counts down to 0. */
  repeat(counter: string, count: Code, ...body: Code[]): Code;
}

/** A loop without a result, the branch back to its start, and the end of a block. */
const loop: Code = [0x03, 0x40];
const branchBackIfNotZero: Code = [0x0d, 0x00];
const end = 0x0b;

/** The magic word and version 1. */
const header: Code = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

const i32Type = 0x7f;
const v128Type = 0x7b;

/**
 * Integer and vector instructions, by the numbers of the WebAssembly specification (vector instructions follow the prefix
 * 0xfd). Each takes the code of its operands and appends itself. Vectors are four float32.
 */
export const wasm = {
  i32: (value: number): Code => [0x41, ...signed(value)],
  mul: (a: Code, b: Code): Code => [...a, ...b, 0x6c],
  plus: (a: Code, b: Code): Code => [...a, ...b, 0x6a],
  load: (address: Code, offset = 0): Code => [...address, 0xfd, ...unsigned(0), 2, ...unsigned(offset)],
  loadSplat: (address: Code, offset = 0): Code => [...address, 0xfd, ...unsigned(9), 2, ...unsigned(offset)],
  store: (address: Code, value: Code, offset = 0): Code => [
    ...address,
    ...value,
    0xfd,
    ...unsigned(11),
    2,
    ...unsigned(offset),
  ],
  add: (a: Code, b: Code): Code => [...a, ...b, 0xfd, ...unsigned(0xe4)],
  minus: (a: Code, b: Code): Code => [...a, ...b, 0xfd, ...unsigned(0xe5)],
  times: (a: Code, b: Code): Code => [...a, ...b, 0xfd, ...unsigned(0xe6)],
  /** The same float32 in all four lanes. */
  splat: (value: number): Code => [0x43, ...new Uint8Array(Float32Array.of(value).buffer), 0xfd, ...unsigned(0x13)],
  /** Copies bytes within the memory. */
  copy: (target: Code, source: Code, bytes: Code): Code => [...target, ...source, ...bytes, 0xfc, 0x0a, 0x00, 0x00],
  /** The larger of each pair; b where it is larger than a, else a. */
  larger: (a: Code, b: Code): Code => [...a, ...b, 0xfd, ...unsigned(0xeb)],
  /** The smaller of each pair; b where it is smaller than a, else a. */
  smaller: (a: Code, b: Code): Code => [...a, ...b, 0xfd, ...unsigned(0xea)],
  /** Each lane rounded to a whole number, ties to even. */
  nearest: (a: Code): Code => [...a, 0xfd, ...unsigned(0x6a)],
  /** 2 to the power of each lane, which must hold whole numbers from -126 to 127. */
  powerOfTwo: (a: Code): Code => [
    // The exponent bits of a float32: (n + 127) shifted by the 23 bits of the fraction.
    ...a,
    0xfd,
    ...unsigned(0xf8),
    ...wasm.i32(127),
    0xfd,
    ...unsigned(0x11),
    0xfd,
    ...unsigned(0xae),
    ...wasm.i32(23),
    0xfd,
    ...unsigned(0xab),
  ],
  equal: (a: Code, b: Code): Code => [...a, ...b, 0xfd, ...unsigned(0x41)],
  greater: (a: Code, b: Code): Code => [...a, ...b, 0xfd, ...unsigned(0x44)],
  and: (a: Code, b: Code): Code => [...a, ...b, 0xfd, ...unsigned(0x4e)],
  andNot: (a: Code, b: Code): Code => [...a, ...b, 0xfd, ...unsigned(0x4f)],
} as const;

/**
 * Assembles functions into a WebAssembly module that imports its memory as `env.memory`.
 * @param options.fused use the multiply-add of the relaxed vector instructions, which not every engine knows
 * @returns the bytes of the module; every function is exported under its name
 */
export function assemble(functions: readonly WasmFunction[], { fused }: { fused: boolean }): Uint8Array<ArrayBuffer> {
  const types = functions.map(({ params }) => [0x60, ...vector(params.map(() => [i32Type])), 0]);
  const memoryImport = [...text('env'), ...text('memory'), 0x02, 0x00, 0x00];
  const exported = functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]);
  return new Uint8Array([
    ...header,
    ...section(1, types),
    ...section(2, [memoryImport]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(7, exported),
    ...section(
      10,
      functions.map((source) => functionBody(source, fused)),
    ),
  ]);
}

/** Whether this engine has the relaxed vector instructions, of which the fused multiply-add is one. */
export function hasFusedMultiplyAdd(): boolean {
  const probe: WasmFunction = {
    name: 'probe',
    params: [],
    integers: [],
    vectors: ['x'],
    body: ({ get, set, multiplyAdd }) => set('x', multiplyAdd(get('x'), get('x'), get('x'))),
  };
  return WebAssembly.validate(assemble([probe], { fused: true }));
}

function functionBody(source: WasmFunction, fused: boolean): Code {
  const locals = vector([
    [...unsigned(source.integers.length), i32Type],
    [...unsigned(source.vectors.length), v128Type],
  ]);
  const code = [...locals, ...source.body(namesOf(source, fused)), end];
  return [...unsigned(code.length), ...code];
}

function namesOf({ params, integers, vectors }: Variables, fused: boolean): Names {
  const all = [...params, ...integers, ...vectors];
  const indexOf = (name: string): Code => {
    const index = all.indexOf(name);
    if (index < 0) throw new RangeError(`"${name}" is no variable of this function.`);
    return unsigned(index);
  };
  const get = (name: string): Code => [0x20, ...indexOf(name)];
  const set = (name: string, value: Code): Code => [...value, 0x21, ...indexOf(name)];
  const advance = (name: string, value: Code) => set(name, wasm.plus(get(name), value));
  const repeat = (counter: string, count: Code, ...body: Code[]): Code => [
    ...set(counter, count),
    ...loop,
    ...body.flat(),
    ...advance(counter, wasm.i32(-1)),
    ...get(counter),
    ...branchBackIfNotZero,
    end,
  ];
  const multiplyAdd = (a: Code, b: Code, c: Code): Code =>
    fused ? [...a, ...b, ...c, 0xfd, ...unsigned(0x105)] : wasm.add(wasm.times(a, b), c);
  return { get, set, advance, multiplyAdd, repeat };
}

function section(id: number, items: readonly Code[]): Code {
  const content = vector(items);
  return [id, ...unsigned(content.length), ...content];
}

function vector(items: readonly Code[]): Code {
  return [...unsigned(items.length), ...items.flat()];
}

function text(value: string): Code {
  return [...unsigned(value.length), ...Array.from(value, (character) => character.charCodeAt(0))];
}

/** LEB128: seven bits a byte, lowest first, the top bit says that more follow. */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): Code {
  const low = value & 0x7f;
  const rest = value >> 7;
  const isLast = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
  return isLast ? [low] : [low | 0x80, ...signed(rest)];
}
