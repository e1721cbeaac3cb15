import { Label, Slider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components';
import styles from './Fields.module.css';

interface DialProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange(value: number): void;
  isDisabled?: boolean;
}

/** A number on a track. */
export function Dial({ label, min, max, ...props }: DialProps) {
  return (
    <Slider className={styles.slider} minValue={min} maxValue={max} {...props}>
      <Label className={styles.label}>{label}</Label>
      <SliderOutput />
      <SliderTrack className={styles.track}>
        <SliderThumb className={styles.thumb} aria-label={label} />
      </SliderTrack>
    </Slider>
  );
}
