import { expect, it } from 'vitest';
import { createCleanUp } from './cleanUp';

it('undoes the latest first, each once, and goes on after one that fails', async () => {
  const cleanUp = createCleanUp();
  const undone: string[] = [];
  cleanUp.add(async () => void undone.push('server'));
  cleanUp.add(() => Promise.reject(new Error('The profile is busy.')));
  cleanUp.add(async () => void undone.push('browser'));
  await expect(cleanUp.run()).rejects.toThrow('The profile is busy.');
  await cleanUp.run();
  expect(undone).toEqual(['browser', 'server']);
});
