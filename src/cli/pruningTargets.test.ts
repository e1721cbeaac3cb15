import { describe, expect, it } from 'vitest';
import { parseChannels, readScores } from './pruningTargets';

describe('parseChannels', () => {
  it.each([
    ['1,5,9-12', { conv: [1, 5, 9, 10, 11, 12] }],
    [' 3 , 0', { conv: [3, 0] }],
    ['conv8=1,5;layer1.0.conv2=0-2', { conv8: [1, 5], 'layer1.0.conv2': [0, 1, 2] }],
  ])('reads "%s"', (text, channels) => {
    expect(parseChannels(text, 'conv')).toEqual(channels);
  });

  it.each(['', '1,,2', '-1', '5-2', '1.5', 'conv8=', '=1', 'conv8=1;2'])('refuses "%s"', (text) => {
    expect(() => parseChannels(text, 'conv')).toThrow(/not clear/);
  });
});

describe('readScores', () => {
  it('puts the scores in the order of the channels, NaN where there is none', () => {
    const text = 'channel,score,standard_error\n5,0.25,\n0,1.5,0.1\n2,,\n';
    expect(readScores(text, 'scores.csv', [0, 2, 5, 7])).toEqual([1.5, Number.NaN, 0.25, Number.NaN]);
  });

  it('refuses the table of a whole run, in which a channel has many scores', () => {
    const text = 'arm,round,layer,channel,score\nunpruned,0,conv1,0,1\n';
    expect(() => readScores(text, 'runs/scores.csv', [0])).toThrow(
      /runs\/scores.csv is no table of one layer's scores/,
    );
  });
});
