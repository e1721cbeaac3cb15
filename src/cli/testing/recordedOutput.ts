import type { LabErrorData } from '../../foundation/labError';
import type { Output } from '../output';

/** An output that keeps what is written. */
export function recordedOutput() {
  const events: ({ kind: string } & Record<string, unknown>)[] = [];
  const texts: string[] = [];
  const errors: LabErrorData[] = [];
  const output: Output = {
    event: (event) => void events.push(event),
    text: (text) => void texts.push(text),
    line: (text) => void texts.push(text),
    content: (text) => void texts.push(text),
    progress: () => undefined,
    error: (error) => void errors.push(error),
  };
  return { output, events, texts, errors };
}
