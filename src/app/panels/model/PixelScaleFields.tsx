import type { PixelScale } from '../../../model/labModel';
import { Choice } from '../../ui/Choice';
import { NumberInput } from '../../ui/NumberInput';

const colours = ['red', 'green', 'blue'] as const;
const orders = [
  { value: 'rgb', label: 'red, green, blue' },
  { value: 'bgr', label: 'blue, green, red' },
] as const;

interface PixelScaleFieldsProps {
  scale: PixelScale;
  isDisabled: boolean;
  onChange(scale: PixelScale): void;
}

/** Mean and std of each colour, and the order of the colours. */
export function PixelScaleFields({ scale, isDisabled, onChange }: PixelScaleFieldsProps) {
  return (
    <>
      {(['mean', 'std'] as const).map((part) =>
        colours.map((colour, index) => (
          <NumberInput
            key={`${part}-${colour}`}
            label={`${part === 'mean' ? 'Mean' : 'Std'} of ${colour} (share of 255)`}
            value={scale[part][index]!}
            min={part === 'std' ? 0.000001 : -10}
            max={1000}
            decimals={6}
            isDisabled={isDisabled}
            onChange={(value) => onChange({ ...scale, [part]: scale[part].with(index, value) })}
          />
        )),
      )}
      <Choice
        label="Order of the colours"
        value={scale.channelOrder ?? 'rgb'}
        options={orders}
        isDisabled={isDisabled}
        onChange={(channelOrder) => onChange({ ...scale, channelOrder })}
      />
    </>
  );
}
