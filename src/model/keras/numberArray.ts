/** Numbers in row-major order. */
export interface NumberArray {
  shape: number[];
  values: Float32Array;
}
