import { withoutImageEnding } from '../../foundation/imageKinds';

/**
 * Path of an image as rows may name it: lower case, forward slashes, composed letters (macOS decomposes them), without an
 * image's ending.
 */
export function imagePath(path: string): string {
  return withoutImageEnding(fullImagePath(path));
}

/** The same with its ending. */
export function fullImagePath(path: string): string {
  return path.normalize('NFC').trim().replaceAll('\\', '/').toLowerCase();
}

/** What images and rows are matched by: the last part of {@link imagePath}. */
export function imageStem(path: string): string {
  const normal = imagePath(path);
  return normal.slice(normal.lastIndexOf('/') + 1);
}
