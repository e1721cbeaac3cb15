import { describe, expect, it } from 'vitest';
import { type Movement, mapOfMovement } from './affineMap';
import { moveImage } from './moveImage';

const still: Movement = {
  mirrorX: false,
  mirrorY: false,
  quarterTurns: 0,
  rotationDegrees: 0,
  scale: 1,
  shearDegrees: 0,
};
const source = Uint8Array.from({ length: 5 * 5 * 3 }, (_, i) => (i * 37) % 256);

function moved(movement: Partial<Movement>): number[] {
  const to = new Uint8ClampedArray(source.length);
  moveImage(source, to, 5, { ...still, ...movement });
  return [...to];
}

describe('moveImage', () => {
  it('gives the same pixels by interpolation, with a whole turn added, as by copying them', () => {
    for (const mirrorX of [false, true]) {
      for (const mirrorY of [false, true]) {
        for (const quarterTurns of [0, 1, 2, 3]) {
          const movement = { mirrorX, mirrorY, quarterTurns };
          expect(moved({ ...movement, rotationDegrees: 360 })).toEqual(moved(movement));
        }
      }
    }
  });

  it('rotates clockwise, as quarter turns do', () => {
    expect(moved({ rotationDegrees: 90 })).toEqual(moved({ quarterTurns: 1 }));
    expect(moved({ rotationDegrees: -90 })).toEqual(moved({ quarterTurns: 3 }));
    expect(moved({ rotationDegrees: 180 })).toEqual(moved({ mirrorX: true, mirrorY: true }));
  });

  it('shears after it turns: a row below the centre moves to the left by tan(shear) pixels for each row', () => {
    const sheared = moved({ shearDegrees: 45 });
    const pixel = (values: ArrayLike<number>, x: number, y: number) =>
      [0, 1, 2].map((channel) => values[(y * 5 + x) * 3 + channel]!);
    expect(pixel(sheared, 2, 2)).toEqual(pixel(source, 2, 2));
    expect(pixel(sheared, 1, 3)).toEqual(pixel(source, 2, 3));
    expect(pixel(sheared, 3, 1)).toEqual(pixel(source, 2, 1));
    expect(pixel(sheared, 4, 4)).toEqual([0, 0, 0]);
    const both = moved({ quarterTurns: 1, shearDegrees: 45 });
    expect(pixel(both, 1, 3)).toEqual(pixel(moved({ quarterTurns: 1 }), 2, 3));
  });
});

describe('mapOfMovement', () => {
  it("undoes torchvision's scale · rotation · shear", () => {
    const [angle, tilt, scale] = [0.5, 0.1, 1.25];
    const map = mapOfMovement({
      ...still,
      rotationDegrees: (angle * 180) / Math.PI,
      shearDegrees: (tilt * 180) / Math.PI,
      scale,
    });
    // Its docstring's matrix without shear along y.
    const a = scale * Math.cos(angle);
    const b = scale * (-Math.cos(angle) * Math.tan(tilt) - Math.sin(angle));
    const c = scale * Math.sin(angle);
    const d = scale * (-Math.sin(angle) * Math.tan(tilt) + Math.cos(angle));
    expect(map.xx * a + map.xy * c).toBeCloseTo(1, 12);
    expect(map.xx * b + map.xy * d).toBeCloseTo(0, 12);
    expect(map.yx * a + map.yy * c).toBeCloseTo(0, 12);
    expect(map.yx * b + map.yy * d).toBeCloseTo(1, 12);
    expect([map.x0, map.y0]).toEqual([0, 0]);
  });
});
