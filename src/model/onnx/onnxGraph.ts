/** A tensor whose numbers are known before any image goes in. */
export interface Constant {
  kind: 'constant';
  dims: number[];
  /** Row-major. In shapes, NaN stands for the number of images, which no file fixes for the lab. */
  values: Float32Array;
  /** True for whole numbers and truth values, whose quotients are cut off. */
  isInteger: boolean;
}

/** One operator of a graph. */
export interface OnnxNode {
  /** Its name; where it has none, the name of its first output. */
  name: string;
  /** `Conv`, `Relu`, … */
  operator: string;
  /** Names of tensors; empty for an optional input that is left out. */
  inputs: string[];
  outputs: string[];
  attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** An attribute's value; integers are numbers too. */
export type OnnxAttribute = number | string | number[] | Constant;

/** A network as an ONNX file holds it. */
export interface OnnxGraph {
  nodes: OnnxNode[];
  /** The one tensor that has to be given; null for a side that the file leaves open. */
  input: { name: string; dims: (number | null)[] };
  outputs: string[];
  initializers: Map<string, Constant>;
  /** How many initializers hold numbers of 16 bits. */
  halves: number;
  /** Version of the standard operators. */
  opset: number;
  /** The program that wrote the file, with its version. */
  producer: string;
  /** What the writer noted in the file, by key. */
  metadata: Map<string, string>;
}
