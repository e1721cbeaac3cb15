import { createWebLockOwnership } from '../artifacts/opfs/webLockOwnership';
import type { OwnedName } from '../artifacts/ownership';

/** Runs in a worker, whose name says what to take: says when it has it, and keeps it until it is ended. */
void createWebLockOwnership(navigator.locks).own(self.name as OwnedName, () => {
  self.postMessage('has it');
  return new Promise<void>(() => undefined);
});
