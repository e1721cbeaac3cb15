import { expect, it } from 'vitest';
import { hostileNames } from '../../testing/hostileNames';
import { escapeMarkdown } from './escapeMarkdown';
import { escapeJsonLine, escapeTerminal, escapeTerminalLine } from './escapeTerminal';

// ECMA-48: ESC and the C1 signs begin commands, 0x9B that of a colour; UAX #9: U+202E writes from right to left.
const commands = [
  '\u001b[2J',
  '\u009b31m',
  '\u001b]0;title\u0007',
  'a\rb',
  'a\bb',
  '\u007f',
  '\u202egnp.exe',
  '\u2066x',
];
const isCommand = /[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;

it.each([...commands, ...hostileNames])('%j gives no command, and as a line no further line', (name) => {
  expect(escapeTerminal(`Class ${name}`).replaceAll(/[\t\n]/g, '')).not.toMatch(isCommand);
  expect(escapeTerminalLine(`Class ${name}`)).not.toMatch(isCommand);
  expect(escapeMarkdown(`Class ${name}`)).not.toMatch(isCommand);
  const json = JSON.stringify({ name });
  expect(escapeJsonLine(json)).not.toMatch(isCommand);
  expect(JSON.parse(escapeJsonLine(json))).toEqual({ name });
});

it('leaves the rest as it is: lines, tabs, and names in any script', () => {
  const text = 'naevus\tμελάνωμα\n黑色素瘤 שומה 😀\n';
  expect(escapeTerminal(text)).toBe(text);
  expect(escapeTerminal('a\r\nb')).toBe('a\nb');
  expect(escapeTerminalLine('first\nError (internal): x')).toBe('first Error (internal): x');
  expect(escapeTerminalLine('a\u001b[1mb')).toBe('a\uFFFD[1mb');
});
