import type { ErrorSummary } from './errorTally';

export type Implementation = 'reference' | 'wasm' | 'webgpu';

/** A known vector file and how the lab is checked against it. A file in this folder defines one. */
export interface VectorFile {
  name: string;
  /** What can be checked: float64 code without tensors, and tensor code on a backend. */
  implementations: readonly Implementation[];
  /** Compares; on a backend, called where that backend is already set. @throws LabError `record-invalid` */
  check(json: unknown, implementation: Implementation): Promise<ErrorSummary>;
  /** Parts of the file that the lab cannot be checked against, and why. */
  notChecked: readonly string[];
}

/** float64 code against float64 vectors. */
export const float64Tolerance = 1e-9;
/** float32 tensor code against float64 vectors. */
export const float32Tolerance = 1e-5;
