import type { Progress } from '../foundation/jobContext';
import type { LabErrorData } from '../foundation/labError';
import { describeQuestions } from './describeQuestions';

/** Where a command writes: JSON lines for programs, or text for people. Progress of people goes to standard error. */
export interface Output {
  /** One JSON line; nothing in text mode. */
  event(event: { kind: string } & Record<string, unknown>): void;
  /** Text for a person; nothing in JSON mode. */
  text(text: string): void;
  progress(progress: Progress): void;
  error(error: LabErrorData): void;
}

export function createOutput(json: boolean): Output {
  const showsProgress = !json && process.stderr.isTTY;
  let lastStage = '';
  return {
    event(event) {
      if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
    },
    text(text) {
      if (!json) process.stdout.write(`${text}\n`);
    },
    progress(progress) {
      if (json) process.stdout.write(`${JSON.stringify({ kind: 'progress', ...progress })}\n`);
      else if (showsProgress) process.stderr.write(`\r\u001b[K${describe(progress)}`);
      else if (progress.stage !== lastStage) process.stderr.write(`${describe(progress)}\n`);
      lastStage = progress.stage;
    },
    error(error) {
      if (json) process.stdout.write(`${JSON.stringify({ kind: 'error', ...error })}\n`);
      else {
        const questions = error.questions ? `${describeQuestions(error.questions)}\n` : '';
        process.stderr.write(`\nError (${error.code}): ${error.message}\n${questions}${error.hint}\n`);
      }
    },
  };
}

function describe({ stage, done, total, unit, fraction, etaMs }: Progress): string {
  const left = etaMs === null ? '' : `, ${Math.ceil(etaMs / 1000)} s left`;
  return `${String(Math.round(fraction * 100)).padStart(3)} %  ${stage} (${done} of ${total} ${unit}${left})`;
}

/** Aligns columns: those that hold numbers to the right, the others to the left. */
export function formatColumns(header: string[], rows: string[][]): string {
  const all = [header, ...rows];
  const columns = header.map((_, column) => {
    const cells = rows.map((row) => row[column] ?? '');
    const width = Math.max(...all.map((row) => (row[column] ?? '').length));
    const pad = cells.some((cell) => /\p{L}{3}/u.test(cell)) || column === 0 ? 'padEnd' : 'padStart';
    return { width, pad } as const;
  });
  const line = (row: string[]) =>
    columns
      .map(({ width, pad }, column) => (row[column] ?? '')[pad](width))
      .join('  ')
      .trimEnd();
  return [line(header), columns.map(({ width }) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
