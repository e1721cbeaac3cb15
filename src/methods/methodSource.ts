/** Where a method is published, and how this one differs. */
export interface MethodSource {
  /** Authors, title, venue or arXiv number. */
  publication: string;
  /** The code that was read; null where none was released. */
  code: string | null;
  /** How this method differs from what was released, a sentence each. */
  differences: readonly string[];
  /** What is not said in print and was chosen here, a sentence each. */
  unknown: readonly string[];
}
