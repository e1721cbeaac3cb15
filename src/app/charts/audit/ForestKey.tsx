import { ArmMarkShape } from '../ArmMarkShape';
import type { ForestLook } from './forestLooks';

/** Mean width of a character of the key in pixels, and the room that a mark takes. */
const characterWidth = 6.6;
const markWidth = 32;

/** What the marks are, above the plot, where the name of the y axis would stand. */
export function ForestKey({ x, looks, hasBand }: { x: number; looks: readonly ForestLook[]; hasBand: boolean }) {
  return (
    <g transform={`translate(${x + 6} 8)`} fontSize={12}>
      {looks.map(({ name, colour, text, mark }, index) => (
        <g key={name} transform={`translate(${widthOf(looks.slice(0, index))} 0)`}>
          <ArmMarkShape mark={mark} cy={0} colour={colour} />
          <text x={10} y={4} fill={text}>
            {name}
          </text>
        </g>
      ))}
      {hasBand ? (
        <g transform={`translate(${widthOf(looks)} 0)`}>
          <rect width={14} height={10} y={-5} fill="var(--noise)" />
          <text x={20} y={4} fill="var(--noise-text)">
            chance alone (5–95 %)
          </text>
        </g>
      ) : null}
    </g>
  );
}

function widthOf(looks: readonly ForestLook[]): number {
  return looks.reduce((width, { name }) => width + name.length * characterWidth + markWidth, 0);
}
