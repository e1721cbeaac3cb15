import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { labVersion } from './version';

it('the version in records is the version of the package', () => {
  expect(labVersion).toBe(packageJson.version);
});
