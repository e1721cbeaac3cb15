import * as z from 'zod/mini';
import { imageFitSchema } from '../foundation/imageFit';

const square = { imageSize: z.int().check(z.positive()), imageFit: z.optional(imageFitSchema) };
const one = z.tuple([z.number()]);
const three = z.tuple([z.number(), z.number(), z.number()]);

/** How images go into a network, as it stands in `lab.json` and in run records. */
export const preprocessingSchema = z.discriminatedUnion('channelOrder', [
  z.object({ ...square, mean: three, std: three, channelOrder: z.optional(z.enum(['rgb', 'bgr'])) }),
  z.object({ ...square, mean: one, std: one, channelOrder: z.literal('grey') }),
]);
