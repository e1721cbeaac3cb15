import * as z from 'zod/mini';

/**
 * How an image of any shape becomes a square. `squeeze`: the whole image, its sides scaled apart. `pad`: the whole image in
 * its own shape, in the middle, the rest filled with a grey of 0 (black) … 255 (white). `crop`: the square in its middle,
 * `margin` of the shorter side left out, half of it on each side: 0 takes the whole shorter side, 0.125 is what resizing to
 * 256 and cropping to 224 takes.
 */
export type ImageFit = { kind: 'squeeze' } | { kind: 'pad'; fill: number } | { kind: 'crop'; margin: number };

export const imageFitKinds = ['squeeze', 'pad', 'crop'] as const satisfies ImageFit['kind'][];
export type ImageFitKind = (typeof imageFitKinds)[number];

/** Each kind as it is when nothing more is said. */
export const plainFits: { [K in ImageFitKind]: Extract<ImageFit, { kind: K }> } = {
  squeeze: { kind: 'squeeze' },
  pad: { kind: 'pad', fill: 0 },
  crop: { kind: 'crop', margin: 0 },
};

/** More of an image than this is never left out. */
export const largestMargin = 0.5;
export const largestFill = 255;

/** What the settings of a fit may be. */
export const fillSchema = z.int().check(z.gte(0), z.lte(largestFill));
export const marginSchema = z.number().check(z.gte(0), z.lte(largestMargin));

export const imageFitSchema: z.ZodMiniType<ImageFit> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('squeeze') }),
  z.strictObject({ kind: z.literal('pad'), fill: z._default(fillSchema, 0) }),
  z.strictObject({ kind: z.literal('crop'), margin: z._default(marginSchema, 0) }),
]);

/** What became of the images, to be followed by "to 64 × 64 pixels". */
export function describeFit(fit: ImageFit): string {
  switch (fit.kind) {
    case 'squeeze':
      return 'squeezed';
    case 'pad':
      return `padded with ${fill(fit.fill)}`;
    case 'crop':
      return fit.margin === 0
        ? 'cropped to the middle'
        : `cropped to the middle less ${Number((fit.margin * 100).toFixed(2))} % of the shorter side`;
  }
}

function fill(grey: number): string {
  if (grey === 0) return 'black';
  return grey === largestFill ? 'white' : `grey ${grey}`;
}

/** A text that is the same for equal fits alone. Ids of image sets are made of it: it never changes. */
export function fitKey(fit: ImageFit): string {
  switch (fit.kind) {
    case 'squeeze':
      return 'squeeze';
    case 'pad':
      return `pad ${fit.fill}`;
    case 'crop':
      return `crop ${fit.margin}`;
  }
}
