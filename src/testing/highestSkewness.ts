import type { ChannelMaps, Importance } from '../importance/importance';

/** A made-up importance, as somebody would add one: this file, and a line that registers it. */
export const highestSkewness: Importance = {
  id: 'highest-skewness',
  label: 'Highest skewness',
  source: 'Made up for tests.',
  meaning: 'Ranks by how evenly the channel responds over an image.',
  firstToGo: 'the channels that respond to a spot',
  async rank({ maps, channelCount }) {
    const totals = Array.from({ length: channelCount }, () => 0);
    let images = 0;
    for await (const batch of maps()) {
      images += batch.shape[0];
      for (let image = 0; image < batch.shape[0]; image++) {
        for (const channel of totals.keys()) totals[channel]! += Math.abs(skewnessOf(mapOf(batch, image, channel)));
      }
    }
    return totals.map((total) => -total / images);
  },
};

function mapOf({ data, shape: [, height, width, channels] }: ChannelMaps, image: number, channel: number): number[] {
  const pixels = height * width;
  return Array.from({ length: pixels }, (_, pixel) => data[(image * pixels + pixel) * channels + channel]!);
}

/** m₃ / m₂^1.5 in float64; 0 for an even map. */
function skewnessOf(values: readonly number[]): number {
  const moment = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = moment(2);
  return variance === 0 ? 0 : moment(3) / variance ** 1.5;
}
