import { groupLook } from '../../meaning';
import { ArmMarkShape } from '../ArmMarkShape';

/** Mean width of a character of the key in pixels, and the room that a mark takes. */
const characterWidth = 6.8;
const markWidth = 34;

/** The groups' marks and names, above the plot. */
export function GroupKey({ x, groupNames }: { x: number; groupNames: readonly string[] }) {
  return (
    <g transform={`translate(${x + 6} 8)`} fontSize={12}>
      {groupNames.map((name, group) => {
        const { mark, colour, text } = groupLook(group);
        return (
          <g key={name} transform={`translate(${widthOf(groupNames.slice(0, group))} 0)`}>
            <ArmMarkShape mark={mark} cy={0} colour={colour} />
            <text x={10} y={4} fill={text}>
              {name}
            </text>
          </g>
        );
      })}
    </g>
  );
}

function widthOf(names: readonly string[]): number {
  return names.reduce((width, name) => width + name.length * characterWidth + markWidth, 0);
}
