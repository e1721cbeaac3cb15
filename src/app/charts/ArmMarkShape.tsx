import type { ArmMark } from '../meaning';

const paths: Record<Exclude<ArmMark, 'circle'>, string> = {
  square: 'M-3.5,-3.5H3.5V3.5H-3.5Z',
  triangle: 'M0,-4.5L4.5,3.5H-4.5Z',
  diamond: 'M0,-5L5,0L0,5L-5,0Z',
  cross: 'M-4,-4L4,4M-4,4L4,-4',
  plus: 'M-5,0H5M0,-5V5',
};

/** The mark that tells an arm apart without its colour. */
export function ArmMarkShape({ mark, cy, colour }: { mark: ArmMark; cy: number; colour: string }) {
  if (mark === 'circle') return <circle cy={cy} r={4} fill={colour} />;
  const isOpen = mark === 'cross' || mark === 'plus';
  return (
    <path
      d={paths[mark]}
      transform={`translate(0 ${cy})`}
      fill={isOpen ? 'none' : colour}
      stroke={isOpen ? colour : 'none'}
      strokeWidth={2}
    />
  );
}
