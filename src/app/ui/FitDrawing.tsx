import { placeImage } from '../../dataset/images/placeImage';
import { describeFit, type ImageFit } from '../../foundation/imageFit';
import styles from './FitDrawing.module.css';

/** An image in the usual shape of photos. */
const image = { width: 96, height: 64 };
const side = 64;

/** A drawn photo of 3 : 2 and, beside it, the square that it becomes. */
export function FitDrawing({ fit }: { fit: ImageFit }) {
  const { from, to } = placeImage(image, side, fit);
  const beside = fit.kind === 'pad' ? fit.fill : 255;
  return (
    <figure className={styles.drawing}>
      <svg width={image.width} height={image.height} aria-hidden="true">
        <Scene />
      </svg>
      <span aria-hidden="true">→</span>
      <svg width={side} height={side} aria-hidden="true">
        <rect width={side} height={side} fill={`rgb(${beside}, ${beside}, ${beside})`} />
        <svg
          x={to.left}
          y={to.top}
          width={to.width}
          height={to.height}
          viewBox={`${from.left} ${from.top} ${from.width} ${from.height}`}
          preserveAspectRatio="none"
        >
          <Scene />
        </svg>
      </svg>
      <figcaption>A photo of 3 : 2 is {describeFit(fit)}.</figcaption>
    </figure>
  );
}

/** A disc in the middle, and a mark in two corners, so that what is lost or bent can be seen. */
function Scene() {
  const { width, height } = image;
  return (
    <>
      <rect className={styles.ground} width={width} height={height} />
      <circle className={styles.disc} cx={width / 2} cy={height / 2} r={22} />
      <rect className={styles.mark} x={4} y={4} width={10} height={10} />
      <rect className={styles.mark} x={width - 14} y={height - 14} width={10} height={10} />
    </>
  );
}
