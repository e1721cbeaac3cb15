import { type OwnedName, type Ownership, ownAll } from '../artifacts/ownership';
import { toErrorData } from '../foundation/labError';

/** One promise of the contract: what two do that reach the same store, and what must be seen. */
export interface OwnershipCheck {
  name: string;
  see(one: Ownership, other: Ownership): Promise<unknown>;
  expected: unknown;
}

const run: OwnedName = 'run/r1';
const model: OwnedName = 'model/a.b~c d';

/** What every {@link Ownership} promises. */
export const ownershipContract: readonly OwnershipCheck[] = [
  {
    name: 'lets one own or any number share',
    see: async (one, other) => ({
      besideOwner: await one.own(run, async () => [
        await outcome(other, 'own', run),
        await outcome(other, 'share', run),
      ]),
      besideUser: await one.share(run, async () => [
        await outcome(other, 'own', run),
        await outcome(other, 'share', run),
      ]),
      afterwards: [await outcome(other, 'own', run), await outcome(other, 'share', run)],
      anotherName: await one.own(run, () => outcome(other, 'own', model)),
    }),
    expected: {
      besideOwner: ['in-use', 'in-use'],
      besideUser: ['in-use', 'done'],
      afterwards: ['done', 'done'],
      anotherName: 'done',
    },
  },
  {
    name: 'keeps a name from owners until the last of those that share it has ended',
    see: (one, other) =>
      one.share(model, async () => {
        await other.share(model, async () => undefined);
        return outcome(other, 'own', model);
      }),
    expected: 'in-use',
  },
  {
    name: 'gives what work gives, and frees the name when work fails',
    async see(one, other) {
      const result = await one.own(run, async () => 7);
      const failed = one.own(run, () => Promise.reject(new Error('on purpose')));
      const message = await failed.catch((error: Error) => error.message);
      return { result, message, next: await outcome(other, 'own', run) };
    },
    expected: { result: 7, message: 'on purpose', next: 'done' },
  },
  {
    name: 'says which names are owned, not which are shared',
    async see(one, other) {
      const during = await one.own(run, () =>
        one.share(model, async () => [[...(await one.owned()).keys()], [...(await other.owned()).keys()]]),
      );
      return { during, after: (await one.owned()).size };
    },
    expected: { during: [[run], [run]], after: 0 },
  },
  {
    name: 'waits for one that only looks something up',
    async see(one, other) {
      const order: string[] = [];
      let owner: Promise<unknown> = Promise.resolve();
      await one.share(run, async () => {
        owner = other.own(run, async () => order.push('owner'));
        await new Promise((resolve) => setTimeout(resolve, 50));
        order.push('look-up');
      });
      await owner;
      return order;
    },
    expected: ['look-up', 'owner'],
  },
  {
    name: 'owns all of several names or none',
    see: (one, other) =>
      one.share(model, async () => {
        let worked = false;
        const code = await codeOf(ownAll(other, [run, model], async () => (worked = true)));
        return { code, worked, left: [...(await other.owned()).keys()] };
      }),
    expected: { code: 'in-use', worked: false, left: [] },
  },
];

function outcome(ownership: Ownership, hold: 'own' | 'share', name: OwnedName): Promise<string> {
  return codeOf(ownership[hold](name, async () => undefined));
}

function codeOf(pending: Promise<unknown>): Promise<string> {
  return pending.then(
    () => 'done',
    (error: unknown) => toErrorData(error).code,
  );
}
