/** One thing that the self-test computes on the backend in use. */
export interface SelfTestCheck {
  /** In the user's words: `convolution 3×3`. */
  name: string;
  /** Computes it now. Leaves no tensor behind. */
  compute(): Promise<Record<string, ArrayLike<number>>>;
  /** What must come out, part by part, from a source outside the lab's own code. */
  expected: Readonly<Record<string, readonly number[]>>;
}

/** A part of a check that came out wrong. */
export interface SelfTestFailure {
  check: string;
  /** `output`, `gradient of filter`; null when the check broke off with an error. */
  part: string | null;
  /** Largest deviation over the largest expected value; null when it is no number. */
  relativeError: number | null;
  /** The same in words. */
  message: string;
}

/** What the self-test found on one device. */
export interface SelfTestReport {
  checks: number;
  failures: SelfTestFailure[];
  elapsedMs: number;
}
