import { describe, expect, it } from 'vitest';
import { createJobControl, createSilentContext } from '../foundation/createJobControl';
import { LabError } from '../foundation/labError';
import { readTable } from './readTable';
import { tableLimits } from './tableLimits';

/** The machine is shared: a limit that is reached within a second alone is given five. */
const mostMs = 5000;

const encode = (text: string) => new TextEncoder().encode(text);

/** Reads what may be made to do harm, and says how it ended. */
async function readHostile(bytes: Uint8Array): Promise<'read' | Record<string, unknown>> {
  const start = performance.now();
  try {
    await readTable('bomb.csv', bytes, createSilentContext());
    return 'read';
  } catch (error) {
    if (error instanceof LabError && error.code === 'table-unreadable') return { ...error.details, hint: error.hint };
    throw error;
  } finally {
    expect(performance.now() - start).toBeLessThan(mostMs);
  }
}

describe('tables that are made to cost time and memory', () => {
  it.each<[string, () => Uint8Array, string]>([
    ['six million rows', () => encode(`a,b\n${'1,2\n'.repeat(6_000_000)}`), 'lines'],
    ['twenty thousand columns', () => encode(`${'c,'.repeat(19_999)}c\n${'1,'.repeat(19_999)}1\n`), 'columns'],
    ['rows and columns that are many together', () => encode(`${'1,'.repeat(999)}1\n`.repeat(50_000)), 'cells'],
    ['one line of 100 MB', () => new Uint8Array(100_000_000).fill(0x61), 'rowLetters'],
    ['one line of 3 MB', () => encode(`a,b\n1,2\n${'x,'.repeat(1_500_000)}`), 'rowLetters'],
    ['one cell of 300,000 letters', () => encode(`a,b\n1,${'x'.repeat(300_000)}\n`), 'cellLetters'],
    ['a quotation mark that is never closed', () => encode(`a,b\n1,"2\n${'3,4\n'.repeat(1_000_000)}`), 'rowLetters'],
    ['quotation marks only', () => new Uint8Array(3_000_000).fill(0x22), 'rowLetters'],
    ['more bytes than are read', () => new Uint8Array(tableLimits.bytes + 1).fill(0x0a), 'bytes'],
    ['line ends only', () => new Uint8Array(50_000_000).fill(0x0a), 'lines'],
    ['comment lines only', () => encode('# a\n'.repeat(6_000_000)), 'lines'],
    [
      "a row of CelebA's kind that does not end",
      () => encode(`2\nA B\na.jpg 1 1\nb.jpg ${'1 '.repeat(800_000)}`),
      'rowLetters',
    ],
  ])('refuses %s within five seconds, with the limit and what was found', async (_, make, limit) => {
    const refused = await readHostile(make());
    expect(refused).toMatchObject({ file: 'bomb.csv', limit, most: tableLimits[limit as keyof typeof tableLimits] });
    expect(Number((refused as Record<string, unknown>).found)).toBeGreaterThanOrEqual(
      tableLimits[limit as keyof typeof tableLimits],
    );
  });

  it.each<[string, () => Uint8Array]>([
    ['ten thousand columns of one name', () => encode(`${'a,'.repeat(9_999)}a\n${'1,'.repeat(9_999)}1\n`)],
    ['quotation marks inside cells', () => encode(`a,b\n${'1,"x" "y" "z\n'.repeat(100_000)}`)],
    ['a quotation mark and a million blanks', () => encode(`a,b\n1,"${' '.repeat(90_000)}" x\n`.repeat(10))],
    ['titles without end', () => encode('title\n'.repeat(300_000))],
    ['uneven rows only', () => encode(`a,b\n${'1,2,3\n'.repeat(300_000)}`)],
    ['a million comments above the header', () => encode(`${'# c\n'.repeat(1_000_000)}a,b\n1,2\n`)],
    [
      'letters that are broken throughout',
      () => new Uint8Array(3_000_000).fill(0xff).map((byte, at) => (at % 50 ? byte : 0x0a)),
    ],
  ])('reads or refuses %s within five seconds', async (_, make) => {
    const end = await readHostile(make());
    expect(end === 'read' || end.file === 'bomb.csv').toBe(true);
  });

  it('stops within a second of a cancel, also in a large table', async () => {
    const bytes = encode(`image,label,sex\n${'some_image_name.jpg,mel,female\n'.repeat(1_500_000)}`);
    const control = createJobControl('Reading', () => undefined);
    let cancelledAt = Number.POSITIVE_INFINITY;
    setTimeout(() => {
      cancelledAt = performance.now();
      control.cancel();
    }, 500);
    await expect(readTable('large.csv', bytes, control.context)).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - cancelledAt).toBeLessThan(1000);
  });
});
