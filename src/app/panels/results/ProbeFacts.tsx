import type { Evaluation } from '../../../recipe/runRecord';
import { formatFixed, formatFull } from '../../format/formatNumber';
import { Facts } from '../../ui/Facts';
import { Note } from '../../ui/Note';
import { Panel } from '../../ui/Panel';

/** How much of the group a linear probe reads from the layer, before and after. */
export function ProbeFacts({ before, after }: { before: Evaluation; after: Evaluation }) {
  if (before.probe === undefined) return null;
  const fact = (name: string, { probe }: Evaluation) => ({
    name,
    value: probe ? `${formatFixed(probe.auc)} ± ${formatFixed(probe.sd)}` : 'too few samples',
    full: probe
      ? `${formatFull(probe.auc)}; by fold: ${probe.aucByFold.map((auc) => formatFixed(auc)).join(', ')}`
      : '',
  });
  return (
    <Panel title="Attribute probe">
      <Facts facts={[fact('AUC, unpruned', before), fact('AUC, this round', after)]} />
      <Note>
        How well a linear probe tells the groups apart from {before.probe?.layer ?? 'the layer'}’s pooled features, mean
        ± SD over folds; 0.5 = not at all. Harder to read is not unused.
      </Note>
    </Panel>
  );
}
