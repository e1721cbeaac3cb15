import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A seeded stream of random numbers. */
export interface Random {
  /** Uniform in [0, 1), 32 bits of resolution. */
  next(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
  /** A new array with the same items in random order (Fisher-Yates). */
  shuffled<T>(items: Iterable<T>): T[];
}

/**
 * Opens the random stream that belongs to a seed and a purpose. Streams of different purposes are independent, so that
 * using one more number for one purpose changes no other.
 *
 * @param seed any finite number; its lower 32 bits count
 * @param purpose what the numbers are for: `createRandom(7, 'sampler', 'round', 2)`
 */
export function createRandom(seed: number, ...purpose: (string | number)[]): Random {
  const generator = xoroshiro128plus(hash(`${seed | 0}/${purpose.join('/')}`));
  const next = () => (generator.next() >>> 0) / 0x1_0000_0000;
  const integer = (bound: number) => Math.floor(next() * bound);
  return {
    next,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    shuffled(items) {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i--) {
        const j = integer(i + 1);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
  };
}

/** FNV-1a, 32 bit: spreads a short text over the seed space. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  }
  return value | 0;
}
