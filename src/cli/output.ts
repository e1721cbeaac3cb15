import { escapeJsonLine, escapeTerminal, escapeTerminalLine } from '../foundation/escape/escapeTerminal';
import type { Progress } from '../foundation/jobContext';
import type { LabErrorData } from '../foundation/labError';
import { describeQuestions } from './describeQuestions';

/** Where a command writes: JSON lines for programs, or text for people. Progress of people goes to standard error. */
export interface Output {
  /** One JSON line; nothing in text mode. */
  event(event: { kind: string } & Record<string, unknown>): void;
  /** Text of one or more lines for a person; nothing in JSON mode. */
  text(text: string): void;
  /** A sentence for a person, on one line whatever names are in it; nothing in JSON mode. */
  line(text: string): void;
  /** A file's content in place of the file, as it is unless a person sees it; nothing in JSON mode. */
  content(text: string): void;
  progress(progress: Progress): void;
  error(error: LabErrorData): void;
}

export function createOutput(json: boolean): Output {
  const showsProgress = !json && process.stderr.isTTY;
  let lastStage = '';
  return {
    event(event) {
      if (json) process.stdout.write(jsonLine(event));
    },
    text(text) {
      if (!json) process.stdout.write(`${escapeTerminal(text)}\n`);
    },
    line(text) {
      if (!json) process.stdout.write(`${escapeTerminalLine(text)}\n`);
    },
    content(text) {
      if (!json) process.stdout.write(process.stdout.isTTY ? escapeTerminal(text) : text);
    },
    progress(progress) {
      if (json) process.stdout.write(jsonLine({ kind: 'progress', ...progress }));
      else if (showsProgress) process.stderr.write(`\r\u001b[K${describe(progress)}`);
      else if (progress.stage !== lastStage) process.stderr.write(`${describe(progress)}\n`);
      lastStage = progress.stage;
    },
    error(error) {
      if (json) process.stdout.write(jsonLine({ kind: 'error', ...error }));
      else {
        const questions = error.questions ? `${describeQuestions(error.questions)}\n` : '';
        const [message, hint] = [error.message, error.hint].map(escapeTerminalLine);
        process.stderr.write(`\nError (${error.code}): ${message}\n${questions}${hint}\n`);
      }
    },
  };
}

const jsonLine = (event: object) => `${escapeJsonLine(JSON.stringify(event))}\n`;

function describe({ stage, done, total, unit, fraction, etaMs }: Progress): string {
  const left = etaMs === null ? '' : `, ${Math.ceil(etaMs / 1000)} s left`;
  return `${String(Math.round(fraction * 100)).padStart(3)} %  ${escapeTerminalLine(stage)} (${done} of ${total} ${unit}${left})`;
}

/** Aligns columns: those that hold numbers to the right, the others to the left. A cell is one line, whatever is in it. */
export function formatColumns(header: string[], cells: string[][]): string {
  const rows = cells.map((row) => row.map(escapeTerminalLine));
  const all = [header.map(escapeTerminalLine), ...rows];
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
  return [line(all[0]!), columns.map(({ width }) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n');
}
