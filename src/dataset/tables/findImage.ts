import { editDistance } from '../../tables/editDistance';
import { looseName } from '../../tables/looseName';
import type { FindingLog } from '../findings/datasetFinding';
import { fullImagePath, imagePath, imageStem } from './imageStem';

/** What a row's name has led to. */
export interface FoundImage<Image> {
  /** Null when there is none, or when several could be meant. */
  image: Image | null;
  /** Found only without leading zeros, decimals or blanks in its name. */
  isLoose: boolean;
  /** The images that could be meant, when there are several. */
  candidates: readonly Image[];
}

/** Finds the image that a row names. */
export interface ImageFinder<Image> {
  find(name: string): FoundImage<Image>;
  /** Why a name has led to no image, in brackets after it: what could be meant, or the nearest name; empty when nothing is near. */
  explain(name: string): string;
  /** Notes what no row has found: images without a row, and images that share a name. */
  noteRest(findings: FindingLog): void;
}

/** Of a name's letters, so many may differ for another to be called near. */
const nearShare = 1 / 3;

/**
 * Matches by the stem of the base name, whatever the case, the folder, the ending, and whether letters are composed. Where
 * several images share a stem, a row that gives the ending or enough of the path to tell them apart is followed. A name that
 * fits no image so is compared once more without leading zeros and decimals. Nothing is guessed: where two images fit, none
 * is taken.
 */
export function createImageFinder<Image extends { path: string }>(images: readonly Image[]): ImageFinder<Image> {
  const byStem = groupBy(images, ({ path }) => imageStem(path));
  const byLooseName = groupBy(images, ({ path }) => looseName(imageStem(path)));
  const found = new Set<Image>();
  return {
    find(name) {
      const same = byStem.get(imageStem(name)) ?? [];
      const candidates = same.length > 0 ? narrow(same, name) : (byLooseName.get(looseName(imageStem(name))) ?? []);
      const image = candidates.length === 1 ? candidates[0]! : null;
      if (image) found.add(image);
      return { image, isLoose: same.length === 0, candidates };
    },
    explain(name) {
      const { candidates } = this.find(name);
      if (candidates.length > 1) {
        const paths = candidates.slice(0, 2).map(({ path }) => path);
        return ` (could be ${paths.join(' or ')}${candidates.length > 2 ? ', …' : ''})`;
      }
      const near = nearest(imageStem(name), byStem);
      return near === null ? '' : ` (nearest: ${near.path})`;
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

function groupBy<Image>(images: readonly Image[], keyOf: (image: Image) => string): Map<string, Image[]> {
  const groups = new Map<string, Image[]>();
  for (const image of images) {
    const key = keyOf(image);
    const same = groups.get(key);
    if (same) same.push(image);
    else groups.set(key, [image]);
  }
  return groups;
}

/** Those of several images with one stem that a name's ending and folders fit. */
function narrow<Image extends { path: string }>(same: readonly Image[], name: string): readonly Image[] {
  if (same.length === 1) return same;
  const endsWith = (form: (path: string) => string) => {
    const suffix = `/${form(name).replace(/^(\.?\/)+/, '')}`;
    return same.filter(({ path }) => `/${form(path)}`.endsWith(suffix));
  };
  const byEnding = endsWith(fullImagePath);
  if (byEnding.length > 0) return byEnding;
  const byPath = endsWith(imagePath);
  return byPath.length > 0 ? byPath : same;
}

function nearest<Image>(stem: string, byStem: ReadonlyMap<string, readonly Image[]>): Image | null {
  let best: Image | null = null;
  let least = nearShare * stem.length;
  for (const [other, [image]] of byStem) {
    if (Math.abs(other.length - stem.length) > least) continue;
    const distance = editDistance(stem, other);
    if (distance <= least) [best, least] = [image!, distance - 1];
  }
  return best;
}
