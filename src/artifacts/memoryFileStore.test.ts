import { describe, expect, it } from 'vitest';
import { fileStoreContract } from '../testing/fileStoreContract';
import { createMemoryFileStore } from './memoryFileStore';

describe('memory as a file store', () => {
  for (const { name, see, expected } of fileStoreContract) {
    it(name, async () => {
      expect(await see(createMemoryFileStore())).toEqual(expected);
    });
  }
});
