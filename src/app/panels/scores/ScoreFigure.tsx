import type { ChannelScores } from '../../../snnl/snnlOptions';
import { Figure } from '../../charts/Figure';
import { niceAxis } from '../../charts/niceAxis';
import { Plot, plotLeft, plotRight } from '../../charts/Plot';
import { cutScore, histogramBins, type RankedChannel, rankChannels } from '../../charts/scoreRows';
import { formatCount, formatNumber, formatPercent } from '../../format/formatNumber';
import { CurveLayer } from './CurveLayer';
import { CutField } from './CutField';
import { CutHandle } from './CutHandle';
import { HistogramLayer } from './HistogramLayer';
import styles from './ScoreFigure.module.css';
import { useCut } from './useCut';

interface ScoreFigureProps {
  scores: ChannelScores;
  ranked: readonly RankedChannel[];
  /** Scores after a run, drawn over those before it. */
  after: ChannelScores | null;
  chosen: number | null;
  onChoose(position: number): void;
}

const scoreName = 'SNNL-Fair score (no unit; higher = groups more entangled)';

/** Histogram and sorted curve of the scores on one score axis, with the cut across both. */
export function ScoreFigure({ scores, ranked, after, chosen, onChoose }: ScoreFigureProps) {
  const { count, channelCount, setCount } = useCut(scores);
  const rankedAfter = after ? rankChannels(after) : [];
  const domainValues = [...ranked, ...rankedAfter].map(({ score }) => score);
  const xAxis = { ...niceAxis(domainValues, 9), name: scoreName };
  const binCount = Math.min(48, Math.max(12, Math.round(Math.sqrt(ranked.length) * 2)));
  const bins = histogramBins(ranked, count, xAxis.domain, binCount);
  const binsAfter = histogramBins(rankedAfter, 0, xAxis.domain, binCount);
  const highest = Math.max(1, ...bins.map((bin) => bin.count), ...binsAfter.map((bin) => bin.count));
  const share = count / channelCount;
  const cut = cutScore(ranked, count);
  return (
    <Figure
      title={`Scores of layer ${scores.layer}`}
      sample={`n = ${formatCount(scores.imagesUsed)} images, ${formatCount(scores.batchesUsed)} batches`}
      caption={`The ${formatCount(count)} channels left of the cut (${formatPercent(share)}, hatched) tell the groups apart most and would be pruned first. ${after ? 'Green: the scores after pruning and fine-tuning.' : 'Above: how many channels have each score. Below: every channel in order of its score.'}`}
      controls={<CutField count={count} channelCount={channelCount} onChange={setCount} />}
      table={{
        columns: ['rank', 'channel', 'score', 'standard error', 'selected'],
        rows: ranked.map(({ rank, originalChannel, score, standardError }) => [
          rank,
          originalChannel,
          score,
          standardError,
          rank <= count ? 'yes' : '',
        ]),
      }}
    >
      {({ width, height }) => {
        const top = Math.round(height * 0.52);
        const toPixel = (score: number) =>
          plotLeft + ((score - xAxis.domain[0]) / (xAxis.domain[1] - xAxis.domain[0])) * (width - plotLeft - plotRight);
        return (
          <div className={styles.plots}>
            <Plot
              width={width}
              height={top}
              x={{ ...xAxis, isHidden: true }}
              y={{ ...niceAxis([0, highest], 5), name: 'Channels (count)' }}
            >
              <HistogramLayer bins={bins} binsAfter={binsAfter} />
            </Plot>
            <Plot
              width={width}
              height={height - top}
              x={xAxis}
              y={{ ...rankAxis(ranked.length), name: 'Rank (1 = pruned first)' }}
            >
              <CurveLayer
                ranked={ranked}
                rankedAfter={rankedAfter}
                selectedCount={count}
                chosen={chosen}
                onChoose={onChoose}
              />
            </Plot>
            <CutHandle
              x={toPixel(cut)}
              height={height}
              count={count}
              channelCount={channelCount}
              cutText={formatNumber(cut)}
              ranked={ranked}
              toScore={(pixel) =>
                xAxis.domain[0] +
                ((pixel - plotLeft) / (width - plotLeft - plotRight)) * (xAxis.domain[1] - xAxis.domain[0])
              }
              onChange={setCount}
            />
          </div>
        );
      }}
    </Figure>
  );
}

/** Round ticks up to the number of channels, which is the end of the axis itself. */
function rankAxis(channelCount: number) {
  const { ticks } = niceAxis([0, channelCount], 5);
  const inside = ticks.filter((tick) => tick < channelCount * 0.92);
  return { domain: [0, channelCount] satisfies [number, number], ticks: [...inside, channelCount] };
}
