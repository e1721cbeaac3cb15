import { expect, it } from 'vitest';
import type { LayerChange } from '../../../model/labModel';
import { planArcs } from './planArcs';

function change(layer: string, readsFrom: string[]): LayerChange {
  return {
    layer,
    kind: 'Conv2D',
    role: 'carries',
    readsFrom,
    channelsBefore: 4,
    channelsAfter: 3,
    parametersBefore: 0,
    parametersAfter: 0,
    macsBefore: 0,
    macsAfter: 0,
  };
}

it('runs links to the next row straight, and gives links that skip rows lanes of their own where they overlap', () => {
  // a → b → c → d, with a → c and b → d skipping one row each, and a → d around both.
  const arcs = planArcs([change('a', []), change('b', ['a']), change('c', ['b', 'a']), change('d', ['c', 'b', 'a'])]);
  expect(arcs.toSorted((x, y) => x.from - y.from || x.to - y.to)).toEqual([
    { from: 0, to: 1, lane: 0 },
    { from: 0, to: 2, lane: 1 },
    { from: 0, to: 3, lane: 3 },
    { from: 1, to: 2, lane: 0 },
    { from: 1, to: 3, lane: 2 },
    { from: 2, to: 3, lane: 0 },
  ]);
});

it('lets links share a lane when one ends where the other begins', () => {
  const arcs = planArcs([change('a', []), change('b', []), change('c', ['a']), change('d', []), change('e', ['c'])]);
  expect(arcs.map(({ lane }) => lane)).toEqual([1, 1]);
});
