import { useEffect, useRef } from 'react';
import styles from './PaintedImage.module.css';
import { paintThumbnail } from './paintThumbnail';
import type { Thumbnails } from './useThumbnails';

/** One image as large as there is room. */
export function PaintedImage({ imageSize, pixels, label }: Thumbnails & { label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) paintThumbnail(canvas.current, pixels, imageSize);
  }, [pixels, imageSize]);
  return <canvas ref={canvas} className={styles.image} role="img" aria-label={label} />;
}
