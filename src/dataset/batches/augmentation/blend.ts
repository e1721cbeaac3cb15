/**
 * From `plain` (factor 0) to `value` (factor 1) and beyond: Pillow's `Image.blend`, in float32, clamped to 0 … 255 and
 * truncated.
 *
 * @param factor a float32 number (`Math.fround`), so that this need not be done per pixel
 */
export function blend(plain: number, value: number, factor: number): number {
  const mixed = Math.fround(plain + Math.fround(factor * (value - plain)));
  return mixed <= 0 ? 0 : mixed >= 255 ? 255 : Math.trunc(mixed);
}
