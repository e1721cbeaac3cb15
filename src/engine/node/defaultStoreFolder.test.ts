import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { defaultStoreFolder } from './defaultStoreFolder';

it('is the user’s cache, as each system has it', () => {
  expect(defaultStoreFolder('linux', { XDG_CACHE_HOME: '/caches' })).toBe(join('/caches', 'snnl-fair-lab'));
  expect(defaultStoreFolder('linux', {})).toBe(join(homedir(), '.cache', 'snnl-fair-lab'));
  expect(defaultStoreFolder('darwin', {})).toBe(join(homedir(), 'Library', 'Caches', 'snnl-fair-lab'));
  expect(defaultStoreFolder('win32', { LOCALAPPDATA: 'C:\\Local' })).toBe(join('C:\\Local', 'snnl-fair-lab'));
});
