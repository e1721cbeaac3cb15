import type { FindingLog } from './findingLog';
import { imagePath, imageStem } from './imageStem';

/** Finds the image that a row names. */
export interface ImageFinder<Image> {
  /** Null when there is none, or when several could be meant. */
  find(name: string): Image | null;
  /** Notes what no row has found: images without a row, and images that share a name. */
  noteRest(findings: FindingLog): void;
}

/**
 * Matches by the stem of the base name, whatever the case, the folder and the extension. Where several images share a
 * stem, a row that names enough of the path to tell them apart is followed; nothing is guessed.
 */
export function createImageFinder<Image extends { path: string }>(images: readonly Image[]): ImageFinder<Image> {
  const byStem = new Map<string, Image[]>();
  for (const image of images) {
    const stem = imageStem(image.path);
    const same = byStem.get(stem);
    if (same) same.push(image);
    else byStem.set(stem, [image]);
  }
  const found = new Set<Image>();
  return {
    find(name) {
      const same = byStem.get(imageStem(name)) ?? [];
      const suffix = `/${imagePath(name).replace(/^(\.?\/)+/, '')}`;
      const meant = same.length > 1 ? same.filter(({ path }) => `/${imagePath(path)}`.endsWith(suffix)) : same;
      if (meant.length !== 1) return null;
      found.add(meant[0]!);
      return meant[0]!;
    },
    noteRest(findings) {
      for (const same of byStem.values()) {
        for (const image of same) {
          if (!found.has(image))
            findings.note(same.length > 1 ? 'duplicate-image-name' : 'image-without-row', image.path);
        }
      }
    },
  };
}
