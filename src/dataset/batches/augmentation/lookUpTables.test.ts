import { describe, expect, it } from 'vitest';
import {
  autoContrastTable,
  brightnessTable,
  contrastTable,
  equalizeTable,
  invertTable,
  lookUp,
  posterizeTable,
  solarizeTable,
} from './lookUpTables';

/** Image with the given numbers of pixels of each value in all channels: [value, count] pairs. */
function imageOf(...counts: [value: number, count: number][]): Uint8ClampedArray {
  return Uint8ClampedArray.from(counts.flatMap(([value, count]) => Array<number>(3 * count).fill(value)));
}

describe('tables of values', () => {
  it('invert: 255 - v', () => {
    const table = invertTable();
    expect([table[0], table[100], table[255]]).toEqual([255, 155, 0]);
  });

  it('solarize: inverts from the threshold on', () => {
    const table = solarizeTable(100);
    expect([table[0], table[99], table[100], table[255]]).toEqual([0, 99, 155, 0]);
    expect([...solarizeTable(256)]).toEqual([...solarizeTable(300)]);
    expect([...solarizeTable(0)]).toEqual([...invertTable()]);
  });

  it('posterize: keeps the upper bits', () => {
    // 0b10110111 = 183: four bits leave 0b10110000 = 176, one bit 128.
    expect([posterizeTable(4)[183], posterizeTable(1)[183], posterizeTable(8)[183]]).toEqual([176, 128, 183]);
  });

  it('brightness: a factor of the value, truncated and clamped', () => {
    // 1.5 · 101 = 151.5; 1.5 · 200 = 300.
    expect([brightnessTable(1.5)[101], brightnessTable(1.5)[200], brightnessTable(0.5)[101]]).toEqual([151, 255, 50]);
  });

  it('contrast: a factor of the distance from the mean grey', () => {
    // 100 + 1.5 · (110 - 100) = 115; 100 + 1.5 · (20 - 100) = -20; 100 + 0.5 · (60 - 100) = 80.
    expect([contrastTable(1.5, 100)[110], contrastTable(1.5, 100)[20], contrastTable(0.5, 100)[60]]).toEqual([
      115, 0, 80,
    ]);
  });

  it('autocontrast: the smallest value becomes 0, the largest 255, others lie as far between', () => {
    const table = autoContrastTable(imageOf([50, 3], [75, 2], [101, 1]));
    // 255 / (101 - 50) = 5; (75 - 50) · 5 = 125.
    expect([table[50], table[75], table[101]]).toEqual([0, 125, 255]);
  });

  it('autocontrast truncates as Pillow does, also where the largest value then becomes 254', () => {
    // 255 / (100 - 50) = 5.1 is rounded down in float64. Pillow 9.4 makes 0, 127, 254 of the values 50, 75, 100.
    const table = autoContrastTable(imageOf([50, 3], [75, 2], [100, 1]));
    expect([table[50], table[75], table[100]]).toEqual([0, 127, 254]);
  });

  it('equalize: a value becomes the share of the pixels below it, in steps', () => {
    // 400 pixels: step = (400 - 100) / 255 = 1. Below 20 lie 100 pixels, below 30 lie 300, more than 255.
    const coarse = equalizeTable(imageOf([10, 100], [20, 200], [30, 100]));
    expect([coarse[10], coarse[20], coarse[30]]).toEqual([0, 100, 255]);
    // 784 pixels: step = floor((784 - 200) / 255) = 2, start 1. (1 + 200) / 2 = 100, (1 + 584) / 2 = 292.
    const fine = equalizeTable(imageOf([5, 200], [6, 384], [7, 200]));
    expect([fine[5], fine[6], fine[7]]).toEqual([0, 100, 255]);
  });

  it('autocontrast and equalize leave a channel of one value, and equalize an image of few pixels', () => {
    const untouched = Array.from({ length: 256 }, (_, value) => value);
    expect(Array.from(autoContrastTable(imageOf([90, 500])).subarray(0, 256))).toEqual(untouched);
    expect(equalizeTable(imageOf([90, 500]))[90]).toBe(90);
    expect(equalizeTable(imageOf([90, 10], [91, 10]))[90]).toBe(90);
  });

  it('looks each channel up in its own part of the table', () => {
    const table = new Uint8ClampedArray(3 * 256);
    table[7] = 1;
    table[256 + 7] = 2;
    table[512 + 7] = 3;
    const image = Uint8ClampedArray.from([7, 7, 7, 7, 0, 7]);
    lookUp(image, table);
    expect([...image]).toEqual([1, 2, 3, 1, 0, 3]);
  });
});
