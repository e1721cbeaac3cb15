import type { PruningPlan, WeightEdit } from '../../../model/labModel';
import { type Column, DataTable } from '../../ui/DataTable';

const columns: Column<WeightEdit>[] = [
  { name: 'Layer touched', cell: ({ layer }) => layer },
  { name: 'Weight', cell: ({ weight }) => weight },
  { name: 'Axis', isNumber: true, cell: ({ axis }) => axis },
  { name: 'Shape before', isNumber: true, cell: ({ shapeBefore }) => shapeBefore.join(' × ') },
  { name: 'Shape after', isNumber: true, cell: ({ shapeAfter }) => shapeAfter.join(' × ') },
];

/** Every weight that loses slices, or has them zeroed. */
export function PlanTable({ plan }: { plan: PruningPlan }) {
  return (
    <DataTable
      caption="Weights that change"
      columns={columns}
      rows={plan.edits}
      rowKey={({ layer, weight, axis }) => `${layer}/${weight}/${axis}`}
      isMarked={({ layer }) => plan.targets.some((target) => target.layer === layer)}
    />
  );
}
