import { importanceLabel } from '../../../importance/importances';
import type { RunRecord } from '../../../recipe/runRecord';
import { Figure } from '../../charts/Figure';
import { niceAxis } from '../../charts/niceAxis';
import { Plot } from '../../charts/Plot';
import { histogramBins, rankChannels } from '../../charts/scoreRows';
import { formatCount } from '../../format/formatNumber';
import { Note } from '../../ui/Note';
import { HistogramLayer } from '../scores/HistogramLayer';
import type { Selection } from './selection';
import { findArm, findRound } from './shownEvaluations';

/** The scores of the pruned layer before the run and after the round shown. */
export function ScoreShift({ record, selection }: { record: RunRecord; selection: Selection }) {
  const arm = findArm(record, selection.arm);
  const round = arm && (findRound(arm, selection.round ?? arm.chosenRound) ?? arm.rounds.at(-1));
  if (!round) return <Note>This arm has no finished round yet.</Note>;
  const before = rankChannels(record.baseline.scores);
  const after = rankChannels(round.scoresAfter);
  const pruned = new Set(
    arm.rounds.filter((candidate) => candidate.round <= round.round).flatMap((candidate) => candidate.prunedOriginal),
  );
  const sorted = [...before].sort(
    (a, b) => Number(pruned.has(b.originalChannel)) - Number(pruned.has(a.originalChannel)),
  );
  const axis = niceAxis(
    [...before, ...after].map(({ score }) => score),
    9,
  );
  const bins = histogramBins(
    sorted,
    before.filter(({ originalChannel }) => pruned.has(originalChannel)).length,
    axis.domain,
    32,
  );
  const binsAfter = histogramBins(after, 0, axis.domain, 32);
  const highest = Math.max(...bins.map(({ count }) => count), ...binsAfter.map(({ count }) => count));
  const changes = new Map(after.map(({ originalChannel, score }) => [originalChannel, score]));
  return (
    <Figure
      title={`Scores of ${record.layer} before and after`}
      sample={`${formatCount(before.length)} → ${formatCount(after.length)} channels · n = ${formatCount(record.baseline.scores.imagesUsed)} training images`}
      caption={`Grey-blue: the unpruned model; hatched: the channels that ${importanceLabel(selection.arm)} removed up to round ${round.round}; green outline: what is left, after fine-tuning.`}
      table={{
        columns: ['channel', 'score before', 'score after', 'removed'],
        rows: before.map(({ originalChannel, score }) => [
          originalChannel,
          score,
          changes.get(originalChannel) ?? null,
          pruned.has(originalChannel) ? 'yes' : '',
        ]),
      }}
    >
      {(size) => (
        <Plot
          {...size}
          x={{ ...axis, name: 'SNNL-Fair score (no unit; higher = groups more entangled)' }}
          y={{ ...niceAxis([0, highest], 6), name: 'Channels (count)' }}
        >
          <HistogramLayer bins={bins} binsAfter={binsAfter} />
        </Plot>
      )}
    </Figure>
  );
}
