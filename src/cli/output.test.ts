import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOutput, formatColumns } from './output';

it('numbers stand to the right, words to the left', () => {
  expect(
    formatColumns(
      ['layer', 'MACs', 'prunable'],
      [
        ['conv1', '1,200', 'yes'],
        ['fc', '64', 'no convolution'],
      ],
    ),
  ).toBe(
    [
      'layer   MACs  prunable',
      '─────  ─────  ──────────────',
      'conv1  1,200  yes',
      'fc        64  no convolution',
    ].join('\n'),
  );
});

describe('names from files', () => {
  afterEach(() => vi.restoreAllMocks());

  const name = 'nevus\u001b[2J\nError (internal): forged\u202e';
  const seen = 'nevus�[2J Error (internal): forged�';

  /** What is written to a stream of this process. */
  function written(stream: 'stdout' | 'stderr', write: () => void): string {
    let text = '';
    vi.spyOn(process[stream], 'write').mockImplementation((part) => {
      text += String(part);
      return true;
    });
    write();
    return text;
  }

  it('command no terminal, and begin no line of their own in sentences, cells and errors', () => {
    const output = createOutput(false);
    expect(written('stdout', () => output.line(`Left out: ${name}`))).toBe(`Left out: ${seen}\n`);
    expect(written('stdout', () => output.text(`A\n\u009b1m${'B'}`))).toBe('A\n�1mB\n');
    expect(formatColumns(['class'], [[name]]).split('\n')).toEqual(['class', '─'.repeat(seen.length), seen]);
    const error = { code: 'column-missing', message: `There is no ${name}.`, hint: 'Choose another.' } as const;
    expect(written('stderr', () => output.error(error))).toBe(
      `\nError (column-missing): There is no ${seen}.\nChoose another.\n`,
    );
    const question = { key: 'k', question: name, choices: [{ value: 'a', label: name }], otherwise: null };
    const asked = { ...error, questions: [question] } as never;
    expect(
      written('stderr', () => output.error(asked))
        .split('\n')
        .slice(2, 4),
    ).toEqual([`  k: ${seen}`, `    a  ${seen} (usual)`]);
  });

  it('are the same for programs', () => {
    const line = written('stdout', () => createOutput(true).event({ kind: 'dataset', name }));
    expect(line).toMatch(/^[ -~]*\n$/);
    expect(JSON.parse(line)).toEqual({ kind: 'dataset', name });
  });
});
