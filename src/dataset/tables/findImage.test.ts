import { describe, expect, it } from 'vitest';
import { createImageFinder } from './findImage';

function find(name: string, ...paths: string[]): string | null {
  return createImageFinder(paths.map((path) => ({ path }))).find(name).image?.path ?? null;
}

describe('an image is found by a name', () => {
  it.each([
    ['that lost its leading zeros', '1', ['images/0000001.jpg', 'images/0000010.jpg'], 'images/0000001.jpg'],
    ['with decimals, as pandas writes whole numbers', '7.0', ['7.jpg', '70.jpg'], '7.jpg'],
    ['whose letters are decomposed', 'La\u0308sion_1.jpg', ['Läsion_1.jpg'], 'Läsion_1.jpg'],
    ['in other case, with another ending and folder', 'Photos\\IMG_1.PNG', ['set/img_1.jpg'], 'set/img_1.jpg'],
    ['whose ending tells it from another image', 'grey.png', ['a/grey.jpg', 'a/grey.png'], 'a/grey.png'],
    ['whose folder tells it from another image', 'b/x', ['a/x.jpg', 'b/x.jpg'], 'b/x.jpg'],
  ])('%s', (_, name, paths, expected) => {
    expect(find(name, ...paths)).toBe(expected);
  });

  it.each([
    ['the same stem', 'grey', ['a/grey.jpg', 'a/grey.png']],
    ['the same number without zeros', '1', ['01.jpg', '001.jpg']],
    ['another number', '10', ['100.jpg', '1.jpg']],
  ])('is none where two have %s, or none has', (_, name, paths) => {
    expect(find(name, ...paths)).toBeNull();
  });

  it('says what a name could have meant: images that fit alike, or the nearest one', () => {
    const finder = createImageFinder(['a/grey.jpg', 'a/grey.png', 'lesion_1.jpg'].map((path) => ({ path })));
    expect(finder.explain('grey')).toBe(' (could be a/grey.jpg or a/grey.png)');
    expect(finder.explain('lession_1')).toBe(' (nearest: lesion_1.jpg)');
    expect(finder.explain('something else')).toBe('');
  });
});
