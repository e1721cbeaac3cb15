/** Path of an image as rows may name it: lower case, forward slashes, without an image's extension. */
export function imagePath(path: string): string {
  return path
    .trim()
    .replaceAll('\\', '/')
    .toLowerCase()
    .replace(/\.(jpe?g|png|webp)$/, '');
}

/** What images and rows are matched by: the last part of {@link imagePath}. */
export function imageStem(path: string): string {
  const normal = imagePath(path);
  return normal.slice(normal.lastIndexOf('/') + 1);
}
