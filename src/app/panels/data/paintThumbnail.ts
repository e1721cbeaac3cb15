/**
 * Draws one image on a canvas of its own size.
 * @param pixels row-major [imageSize, imageSize, 3], 0 … 255
 */
export function paintThumbnail(canvas: HTMLCanvasElement, pixels: Uint8Array, imageSize: number): void {
  canvas.width = imageSize;
  canvas.height = imageSize;
  const context = canvas.getContext('2d');
  if (!context) return;
  const image = new ImageData(imageSize, imageSize);
  for (let from = 0, to = 0; from < pixels.length; from += 3, to += 4) {
    image.data[to] = pixels[from]!;
    image.data[to + 1] = pixels[from + 1]!;
    image.data[to + 2] = pixels[from + 2]!;
    image.data[to + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}
