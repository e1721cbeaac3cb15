/**
 * Draws square images side by side, each scaled to the canvas' height.
 * @param pixels row-major [count, imageSize, imageSize, 3], 0 … 255
 */
export function paintThumbnails(canvas: HTMLCanvasElement, pixels: Uint8Array, imageSize: number, count: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const single = document.createElement('canvas');
  single.width = imageSize;
  single.height = imageSize;
  const singleContext = single.getContext('2d');
  if (!singleContext) return;
  const gap = 2;
  const side = canvas.height;
  context.clearRect(0, 0, canvas.width, canvas.height);
  for (let index = 0; index < count; index += 1) {
    singleContext.putImageData(toImageData(pixels, index, imageSize), 0, 0);
    context.drawImage(single, index * side, 0, side - gap, side);
  }
}

function toImageData(pixels: Uint8Array, index: number, imageSize: number): ImageData {
  const data = new ImageData(imageSize, imageSize);
  const offset = index * imageSize * imageSize * 3;
  for (let pixel = 0; pixel < imageSize * imageSize; pixel += 1) {
    for (let channel = 0; channel < 3; channel += 1) {
      data.data[pixel * 4 + channel] = pixels[offset + pixel * 3 + channel]!;
    }
    data.data[pixel * 4 + 3] = 255;
  }
  return data;
}
