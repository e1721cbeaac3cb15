import { createLockFileOwnership } from '../artifacts/folder/lockFileOwnership';
import type { OwnedName } from '../artifacts/ownership';
import { toErrorData } from '../foundation/labError';

/** A process of its own: takes a name in a store's folder, says so, and keeps it until it is killed. */
const [root = '', hold = '', name = ''] = process.argv.slice(2);
const refusalPatienceMs = 300;

createLockFileOwnership(root, refusalPatienceMs)
  [hold === 'own' ? 'own' : 'share'](name as OwnedName, () => {
    process.stdout.write('has it\n');
    return new Promise<void>((resolve) => setTimeout(resolve, 600_000));
  })
  .catch((error: unknown) => process.stdout.write(`${toErrorData(error).code}\n`));
