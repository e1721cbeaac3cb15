import { expect, it } from 'vitest';
import { audit } from './commands/audit';
import { run } from './commands/run';
import { refuseUnused } from './refuseUnused';

it('takes what the command names', () => {
  expect(() => refuseUnused('audit', audit, { words: ['a.csv'], flags: { attr: 'sex' } })).not.toThrow();
});

it.each([
  ['a flag of another command', { words: ['config.json'], flags: { seed: '1' } }, '--seed'],
  ['a word too many', { words: ['config.json', 'other.json'], flags: {} }, '"other.json"'],
])('refuses %s by name', (_, line, name) => {
  expect(() => refuseUnused('run', run, line)).toThrow(
    expect.objectContaining({ code: 'config-invalid', message: expect.stringContaining(name) }),
  );
});
