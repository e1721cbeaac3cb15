/** Numbers in row-major order. */
export interface NumberArray {
  shape: number[];
  values: Float32Array;
  /** False when the file holds whole numbers; true when left out. */
  isFloat?: boolean;
}
