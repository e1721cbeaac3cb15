import * as z from 'zod/mini';
import type { Preprocessing } from './labModel';

const imageSize = z.int().check(z.positive());
const one = z.tuple([z.number()]);
const three = z.tuple([z.number(), z.number(), z.number()]);

/** How images go into a network, as it stands in `lab.json` and in run records. */
export const preprocessingSchema: z.ZodMiniType<Preprocessing> = z.discriminatedUnion('channelOrder', [
  z.object({ imageSize, mean: three, std: three, channelOrder: z.optional(z.enum(['rgb', 'bgr'])) }),
  z.object({ imageSize, mean: one, std: one, channelOrder: z.literal('grey') }),
]);
