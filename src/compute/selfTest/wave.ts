/** The self-test's numbers: entry i is sin(0.7 i + phase). */
export function wave(length: number, phase: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(0.7 * i + phase));
}
