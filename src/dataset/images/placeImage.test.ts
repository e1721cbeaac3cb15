import { describe, expect, it } from 'vitest';
import { placeImage } from './placeImage';

const box = (left: number, top: number, width: number, height: number) => ({ left, top, width, height });

describe('placeImage', () => {
  it('squeezes the whole image onto the whole square', () => {
    const { from, to } = placeImage({ width: 600, height: 450 }, 224, { kind: 'squeeze' });
    expect([from, to]).toEqual([box(0, 0, 600, 450), box(0, 0, 224, 224)]);
  });

  it('pads: 600 × 450 keeps its shape as 224 × 168, with 28 pixels above and below', () => {
    const { from, to } = placeImage({ width: 600, height: 450 }, 224, { kind: 'pad', fill: 0 });
    expect([from, to]).toEqual([box(0, 0, 600, 450), box(0, 28, 224, 168)]);
    expect(placeImage({ width: 450, height: 600 }, 224, { kind: 'pad', fill: 0 }).to).toEqual(box(28, 0, 168, 224));
  });

  it('crops: of 600 × 450 the 450 pixels in the middle', () => {
    const { from, to } = placeImage({ width: 600, height: 450 }, 224, { kind: 'crop', margin: 0 });
    expect([from, to]).toEqual([box(75, 0, 450, 450), box(0, 0, 224, 224)]);
  });

  it('crops with a margin of 0.125 what torchvision’s Resize(256) and CenterCrop(224) take: 224 / 256 of the shorter side', () => {
    const { from } = placeImage({ width: 512, height: 256 }, 224, { kind: 'crop', margin: 0.125 });
    expect(from).toEqual(box(144, 16, 224, 224));
  });

  it('never draws nothing: a line of one pixel is still seen', () => {
    expect(placeImage({ width: 5000, height: 1 }, 64, { kind: 'pad', fill: 0 }).to).toEqual(box(0, 31, 64, 1));
    expect(placeImage({ width: 5000, height: 1 }, 64, { kind: 'crop', margin: 0.5 }).from).toEqual(box(2499, 0, 1, 1));
  });
});
