import { expect, it } from 'vitest';
import { settingsReference } from './settingsReference';

it('docs/settings.md tells every setting as its schema does', async () => {
  await expect(settingsReference()).toMatchFileSnapshot('../../docs/settings.md');
});
