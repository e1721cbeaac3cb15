import {
  type ImageFit,
  type ImageFitKind,
  imageFitKinds,
  largestFill,
  largestMargin,
  plainFits,
} from '../../foundation/imageFit';
import { Choice } from './Choice';
import { FitDrawing } from './FitDrawing';
import { NumberInput } from './NumberInput';

const labels: Record<ImageFitKind, string> = { squeeze: 'squeezed', pad: 'padded', crop: 'cropped' };
const kinds = imageFitKinds.map((value) => ({ value, label: labels[value] }));
const unknown = { value: 'unknown', label: 'not known' } as const;

interface ImageFitFieldsProps {
  /** Null where it is not known. */
  fit: ImageFit | null;
  isDisabled?: boolean;
  onChange(fit: ImageFit): void;
}

/** How images that are no squares become squares, with a drawing of it. */
export function ImageFitFields({ fit, isDisabled, onChange }: ImageFitFieldsProps) {
  return (
    <>
      <Choice
        label="Images of other shapes are"
        value={fit?.kind ?? 'unknown'}
        options={fit ? kinds : [unknown, ...kinds]}
        isDisabled={isDisabled}
        onChange={(kind) => kind !== 'unknown' && onChange(plainFits[kind])}
      />
      {fit?.kind === 'pad' ? (
        <NumberInput
          label="Grey beside them (0 black … 255 white)"
          value={fit.fill}
          min={0}
          max={largestFill}
          isDisabled={isDisabled}
          onChange={(fill) => onChange({ kind: 'pad', fill })}
        />
      ) : null}
      {fit?.kind === 'crop' ? (
        <NumberInput
          label="Left out of the shorter side (share)"
          title="Half of it on each side. 0.125 is what resizing to 256 and cropping to 224 leaves out."
          value={fit.margin}
          min={0}
          max={largestMargin}
          step={0.005}
          decimals={3}
          isDisabled={isDisabled}
          onChange={(margin) => onChange({ kind: 'crop', margin })}
        />
      ) : null}
      {fit ? <FitDrawing fit={fit} /> : null}
    </>
  );
}
