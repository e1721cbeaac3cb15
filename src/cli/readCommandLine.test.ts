import { expect, it } from 'vitest';
import { commandList } from './commands';
import { readCommandLine } from './readCommandLine';

const read = (...argv: string[]) => readCommandLine(commandList, argv);
const refused = (message: RegExp, hint = /./) =>
  expect.objectContaining({
    code: 'config-invalid',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });

it('reads a command of two words, its word, its flags as their kinds, and which engine', () => {
  const line = read('data', 'import', 'faces', '--image', '128', '--fit=crop', '--margin', '0.125', '--store', 'kept');
  expect(line).toMatchObject({
    kind: 'command',
    command: commandList.commands['data import'],
    given: { word: 'faces', flags: { image: 128, fit: 'crop', margin: 0.125 } },
    engine: { backend: null, store: 'kept' },
    json: false,
  });
});

it('takes --json before and after the command, and a flag that stands alone', () => {
  expect(read('--json', 'verify', 'vectors')).toMatchObject({ json: true });
  expect(read('verify', 'vectors', '--json')).toMatchObject({ json: true });
  const line = read('model', 'prune', 'demo', '--channels', '1', '--plan-only', '--json');
  expect(line).toMatchObject({ json: true, given: { flags: { 'plan-only': true } } });
});

it.each<[string, string[], RegExp, RegExp]>([
  ['a flag of another command', ['run', 'c.json', '--preset', 'paper'], /"lab run" does not take --preset/, /help run/],
  ['a misspelt flag', ['score', '--laier', 'conv1'], /"lab score" does not take --laier/, /Did you mean --layer\?/],
  ['a misspelt command', ['scor'], /There is no command "scor"/, /Did you mean score\?/],
  ['a misspelt second word', ['data', 'inspekt', 'x'], /There is no command "inspekt"/, /Did you mean inspect\?/],
  ['help for a command that there is not', ['help', 'exports'], /There is no command "exports"/, /./],
  ['a word too many', ['run', 'c.json', 'd.json', '--out', 'o'], /"lab run" does not take "d.json"/, /help run/],
  ['a missing word', ['verify'], /"lab verify" needs VECTORS_DIR after it/, /help verify/],
  ['a flag without its value', ['run', 'c.json', '--out'], /--out DIR needs a value after it/, /help run/],
  ['a missing flag', ['run', 'c.json'], /--out is missing/, /for example --out out\/demo/],
  ['a backend that is none', ['score', '--backend', 'cpu'], /--backend cannot be "cpu"/, /wasm, webgpu/],
  [
    'a backend where nothing is computed',
    ['audit', 'a.csv', '--backend', 'wasm'],
    /"lab audit" does not take --backend/,
    /./,
  ],
])('refuses %s, and says what there is', (_, argv, message, hint) => {
  expect(() => read(...argv)).toThrow(refused(message, hint));
});

it.each(['0', '-5', '512'])('reads the whole number %s', (text) => {
  expect(read('score', '--seed', text)).toMatchObject({ given: { flags: { seed: Number(text) } } });
});

it.each(['abc', '', ' 1', '1.5', '1e2', '0x10', '-6', '513', 'Infinity'])('refuses "%s" as a side by name', (text) => {
  expect(() => read('data', 'import', 'x', '--image', text)).toThrow(
    refused(/--image .*is no whole number from 16 to 512\./),
  );
});

it('lists the commands, and what each takes with its ranges', () => {
  const all = read('help');
  expect(all).toMatchObject({ kind: 'help', asked: true });
  expect(all).toMatchObject({ text: expect.stringMatching(/audit-table.*\n[^]*Exit codes: 0 done/) });
  const one = read('help', 'data', 'import');
  expect(one).toEqual(read('data', 'import', '--help'));
  expect(one).toMatchObject({
    text: expect.stringMatching(
      /Usage: npm run lab -- data import \[options\] <DIR>[^]*--margin <NUMBER>[^]*a number from 0 to\s+0\.5[^]*--store <DIR>[^]*--json/,
    ),
  });
});

it('shows what there is when nothing was typed, which is no success', () => {
  expect(read()).toMatchObject({ kind: 'help', asked: false });
  expect(read('data')).toMatchObject({ kind: 'help', asked: false, text: expect.stringContaining('inspect') });
});
