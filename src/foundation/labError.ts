import type { OpenQuestion } from './question';

/** Every way in which the lab can refuse or fail. The page, the command line and the tests switch on these. */
export const labErrorCodes = [
  // input files
  'no-images-found',
  'no-table-found',
  'zip-unreadable',
  'table-unreadable',
  'column-missing',
  'value-not-mapped',
  'too-few-classes',
  'group-too-small',
  'image-unreadable',
  'dataset-not-found',
  'predictions-invalid',
  // models
  'model-unreadable',
  'model-not-found',
  'model-mismatch',
  'needs-answers',
  'layer-not-found',
  'layer-not-prunable',
  'last-channel',
  'channel-out-of-range',
  'export-unsupported',
  // settings and records
  'config-invalid',
  'importance-not-found',
  'importance-doubled',
  'record-invalid',
  'run-not-found',
  'run-not-resumable',
  'checkpoint-unreadable',
  'training-not-found',
  // computing
  'no-backend',
  'backend-failed',
  'device-lost',
  'method-not-found',
  'method-doubled',
  'group-unknown',
  'out-of-memory',
  'exceeds-memory',
  'training-diverged',
  'no-score',
  'shape-mismatch',
  // running
  'cancelled',
  'quota-exceeded',
  'storage-failed',
  'artifact-damaged',
  'in-use',
  'worker-crashed',
  'worker-unresponsive',
  'protocol-mismatch',
  'server-unreachable',
  'part-not-loaded',
  'page-failed',
  'internal',
] as const;

export type LabErrorCode = (typeof labErrorCodes)[number];

/** An error as plain data, so that it can cross a worker boundary and go into a run record. */
export interface LabErrorData {
  code: LabErrorCode;
  /** Where it happened, in the user's words: `reading labels.csv`, `fine-tuning, round 2`. */
  stage?: string;
  /** What happened, to what. */
  message: string;
  /** What the user can do next. */
  hint: string;
  /** Facts for a report: file, row, column, expected, found. */
  details?: Record<string, string | number | boolean | null>;
  /** With `needs-answers`: what the user has to say before the file can be used. */
  questions?: OpenQuestion[];
  /** Text of the underlying error, when there is one. */
  cause?: string;
}

/** The one error class that leaves a room. */
export class LabError extends Error {
  override readonly name = 'LabError';
  readonly code: LabErrorCode;
  readonly stage?: string;
  readonly hint: string;
  readonly details?: LabErrorData['details'];
  readonly questions?: OpenQuestion[];

  constructor(data: Omit<LabErrorData, 'cause'> & { cause?: unknown }) {
    super(data.message, { cause: data.cause });
    this.code = data.code;
    this.stage = data.stage;
    this.hint = data.hint;
    this.details = data.details;
    this.questions = data.questions;
  }
}

/**
 * Turns anything thrown into plain data. What is not a `LabError` is known by its text where it can be: `out-of-memory`,
 * `server-unreachable`, `part-not-loaded`. The rest is `internal`, also an `AbortError`: WebGPU rejects with one when its
 * device is lost, and the lab's own jobs are cancelled without.
 */
export function toErrorData(error: unknown, stage?: string): LabErrorData {
  if (error instanceof LabError) {
    return {
      code: error.code,
      stage: error.stage ?? stage,
      message: error.message,
      hint: error.hint,
      details: error.details,
      questions: error.questions,
      cause: error.cause === undefined ? undefined : describe(error.cause),
    };
  }
  const text = describe(error);
  if (unloadedPart.test(text)) {
    const [file] = text.match(/[^/\s]+\.(js|ts|css)\b/) ?? [];
    return {
      code: 'part-not-loaded',
      stage,
      message: `A part of the lab${file ? ` (${file})` : ''} could not be loaded from its server.`,
      hint: 'If the server was ended, start it again with npm start. Then reload the page: the server may have a newer build.',
      cause: text,
    };
  }
  if (error instanceof TypeError && unansweredFetch.test(text)) return { stage, ...unreachable(null), cause: text };
  if (/out of memory|allocation failed|createBuffer failed|memory access out of bounds|Aborted\(/i.test(text)) {
    return {
      code: 'out-of-memory',
      stage,
      message: 'The machine ran out of memory.',
      hint: 'Use a smaller batch size or a smaller image size, close other tabs, or choose WASM where WebGPU is in use.',
      cause: text,
    };
  }
  return {
    code: 'internal',
    stage,
    message: `Something failed that should not: ${text}`,
    hint: 'Reload the page. If it happens again, report it with the run record.',
    cause: error instanceof Error ? error.stack : text,
  };
}

/** The inverse of {@link toErrorData}. */
export function fromErrorData(data: LabErrorData): LabError {
  return new LabError(data);
}

/** What `import()` of a file that does not arrive rejects with in Chromium, Firefox and Safari, and Vite for a style sheet. */
const unloadedPart = /dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

/** What `fetch` without an answer rejects with in Chromium, Firefox and Safari. The page can reach its own server only. */
const unansweredFetch = /^(Failed to fetch|NetworkError when attempting to fetch resource|Load failed)/;

/** The error for a server that does not answer. @param file what was asked for; null when it is not known */
export function unreachable(file: string | null): LabErrorData {
  return {
    code: 'server-unreachable',
    message: `The lab’s own server does not answer${file ? `: ${file} could not be read` : ''}.`,
    hint: 'Start it again with npm start in the lab’s folder, then reload the page. What was stored is kept.',
  };
}

function describe(value: unknown): string {
  return value instanceof Error ? value.message : String(value);
}
