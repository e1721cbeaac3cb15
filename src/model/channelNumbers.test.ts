import { describe, expect, it } from 'vitest';
import { fakeModel } from '../app/testing/fakeData';
import { firstNumbers, parseChannelList, positionsOf, writeChannelList } from './channelNumbers';

it.each([
  ['1,5,9-12', [1, 5, 9, 10, 11, 12]],
  [' 3 , 0', [3, 0]],
  ['7', [7]],
])('reads the list "%s"', (text, channels) => {
  expect(parseChannelList(text)).toEqual(channels);
});

it.each(['', '1,,2', '-1', '5-2', '1.5', 'a', '0-99999999'])('refuses the list "%s"', (text) => {
  expect(() => parseChannelList(text)).toThrow(/not clear/);
});

it('writes what it reads, in order and neighbours drawn together', () => {
  expect(writeChannelList([12, 9, 1, 10, 11, 5])).toBe('1, 5, 9-12');
  expect(writeChannelList([3, 2, 2])).toBe('2-3');
});

describe('first numbers', () => {
  const model = { ...fakeModel(), originalChannels: { conv1: [0, 2, 5] } };

  it('are those from before the first pruning; positions are those of now', () => {
    expect(firstNumbers(model, 'conv1')).toEqual([0, 2, 5]);
    expect(firstNumbers(model, 'conv2')).toHaveLength(64);
    expect(positionsOf(model, { conv1: [5, 0], conv2: [63] })).toEqual({ conv1: [2, 0], conv2: [63] });
  });

  it('of a channel that was removed, or a layer that is not there, are refused by name', () => {
    expect(() => positionsOf(model, { conv1: [1] })).toThrow('The layer "conv1" has no channel 1.');
    expect(() => positionsOf(model, { conv9: [1] })).toThrow('"Demo baseline" has no layer "conv9".');
  });
});
