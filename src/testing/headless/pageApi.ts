import type { EngineNotice } from '../../engine/labEngine';
import type { JobName } from '../../engine/protocol/jobMap';
import type { Progress } from '../../foundation/jobContext';
import type { LabErrorData } from '../../foundation/labError';

/** What the page tells the command line. Bytes travel as base64, since only JSON crosses. */
export type PageMessage =
  | { kind: 'notice'; notice: EngineNotice }
  | { kind: 'progress'; call: number; progress: Progress }
  | { kind: 'partial'; call: number; partial: unknown }
  | { kind: 'done'; call: number; result: unknown }
  | { kind: 'failed'; call: number; error: LabErrorData };

/** What the command line may ask of the page. */
export interface PageApi {
  /** Starts a job. A parameter `files` is filled with what was put into the page's file inputs. */
  start(call: number, job: JobName, params: object): void;
  cancel(call: number): void;
}

declare global {
  interface Window {
    lab: PageApi;
    tellTest(message: PageMessage): void;
  }
}
