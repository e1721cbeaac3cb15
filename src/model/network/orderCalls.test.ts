import { describe, expect, it } from 'vitest';
import { type CalledLayer, orderCalls } from './orderCalls';

describe('orderCalls', () => {
  it('numbers the calls of a layer as tfjs makes them, not as they are listed', () => {
    // `shared` is first called on what `late` makes, which is listed behind it, and then on the image.
    const layers: CalledLayer[] = [
      { name: 'image', calls: [], firstCall: 1 },
      { name: 'shared', calls: [[['late', 0, 0, {}]], [['image', 0, 0]]], firstCall: 0 },
      { name: 'late', calls: [[['shared', 1, 0]]], firstCall: 0 },
    ];
    const ordered = orderCalls(layers, [['shared', 0, 0]]);
    expect(ordered.stuck).toBeNull();
    expect(ordered.layers.map(({ calls }) => calls)).toEqual([
      [],
      [[['image', 0, 0]], [['late', 0, 0, {}]]],
      [[['shared', 0, 0]]],
    ]);
    expect(ordered.outputs).toEqual([['shared', 1, 0]]);
  });

  it('counts the calls of a network inside from 1, as its own call is 0', () => {
    const layers: CalledLayer[] = [
      { name: 'image', calls: [], firstCall: 1 },
      { name: 'inner', calls: [[['inner', 2, 0]], [['image', 0, 0]]], firstCall: 1 },
    ];
    const { layers: ordered, outputs } = orderCalls(layers, [['inner', 1, 0]]);
    expect(ordered[1]!.calls).toEqual([[['image', 0, 0]], [['inner', 1, 0]]]);
    expect(outputs).toEqual([['inner', 2, 0]]);
  });

  it.each([
    ['itself', 'a'],
    ['a layer that is not there', 'b'],
  ])('names a call that reads %s', (_what, source) => {
    const { stuck } = orderCalls([{ name: 'a', calls: [[[source, 0, 0]]], firstCall: 0 }], []);
    expect(stuck).toMatchObject({ layer: 'a', reads: [[source, 0, 0]] });
  });
});
