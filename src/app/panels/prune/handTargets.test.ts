import { expect, it } from 'vitest';
import { fakeModel } from '../../testing/fakeData';
import { handTargets } from './handTargets';

const model = { ...fakeModel(), originalChannels: { conv1: [0, 3, 4, 7] } };

it('takes first numbers and gives positions, of several layers at once; rows of one layer add up', () => {
  const rows = [
    { layer: 'conv1', channels: '7, 3' },
    { layer: 'conv2', channels: '' },
    { layer: 'conv3', channels: '0-2' },
    { layer: 'conv1', channels: '3,4' },
  ];
  expect(handTargets(model, rows)).toEqual({ targets: { conv1: [1, 2, 3], conv3: [0, 1, 2] }, problem: null });
});

it('says what is wrong with a list, or that a channel is not there any more', () => {
  expect(handTargets(model, [{ layer: 'conv2', channels: '1;2' }]).problem).toMatch(/"1;2" are not clear/);
  expect(handTargets(model, [{ layer: 'conv1', channels: '1' }]).problem).toMatch(/"conv1" has no channel 1\./);
});
