import { expect, it } from 'vitest';
import { describeForecast } from './describeForecast';

const MiB = 2 ** 20;
const forecast = { modelBytes: 70 * MiB, checkpointBytes: 30 * MiB };
const need =
  'The run stores up to 100 MiB: 70 MiB for the models of its rounds, which stay, and 30 MiB for checkpoints, which go.';

it('says what stays, what goes and what is free, and what follows', () => {
  expect(describeForecast(forecast, null)).toEqual({ need, advice: null });
  expect(describeForecast(forecast, 2 ** 40)).toEqual({ need: `${need} 1024.0 GiB are free.`, advice: null });
  expect(describeForecast(forecast, 60 * MiB).advice).toContain('That is tight');
  expect(describeForecast(forecast, 40 * MiB).advice).toMatch(/^That cannot fit\. .*fewer rounds or arms/);
});
