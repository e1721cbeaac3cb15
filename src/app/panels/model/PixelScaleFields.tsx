import type { PixelScale } from '../../../model/labModel';
import { Choice } from '../../ui/Choice';
import { NumberInput } from '../../ui/NumberInput';

const colours = ['red', 'green', 'blue'];
const orders = [
  { value: 'rgb', label: 'red, green, blue' },
  { value: 'bgr', label: 'blue, green, red' },
] as const;

interface PixelScaleFieldsProps {
  scale: PixelScale;
  isDisabled: boolean;
  onChange(scale: PixelScale): void;
}

/** Mean and std of each channel, and the order of the colours where there are some. */
export function PixelScaleFields({ scale, isDisabled, onChange }: PixelScaleFieldsProps) {
  const channels = scale.channelOrder === 'grey' ? ['grey'] : colours;
  return (
    <>
      {(['mean', 'std'] as const).map((part) =>
        channels.map((channel, index) => (
          <NumberInput
            key={`${part}-${channel}`}
            label={`${part === 'mean' ? 'Mean' : 'Std'} of ${channel} (share of 255)`}
            value={scale[part][index]!}
            min={part === 'std' ? 0.000001 : -10}
            max={1000}
            decimals={6}
            isDisabled={isDisabled}
            onChange={(value) => onChange({ ...scale, [part]: scale[part].with(index, value) })}
          />
        )),
      )}
      {scale.channelOrder === 'grey' ? null : (
        <Choice
          label="Order of the colours"
          value={scale.channelOrder ?? 'rgb'}
          options={orders}
          isDisabled={isDisabled}
          onChange={(channelOrder) => onChange({ ...scale, channelOrder })}
        />
      )}
    </>
  );
}
