import type { ChannelScores } from '../../../snnl/snnlOptions';
import type { RankedChannel } from '../../charts/scoreRows';
import { formatCount, formatFull, formatNumber } from '../../format/formatNumber';
import { Facts } from '../../ui/Facts';
import { Note } from '../../ui/Note';
import { NumberInput } from '../../ui/NumberInput';
import { Panel } from '../../ui/Panel';
import { useCut } from './useCut';

interface ChannelInspectorProps {
  scores: ChannelScores;
  ranked: readonly RankedChannel[];
  chosen: number | null;
  onChoose(position: number): void;
}

/** One channel: its score, how sure that is, and where it stands among the others. */
export function ChannelInspector({ scores, ranked, chosen, onChoose }: ChannelInspectorProps) {
  const { count } = useCut(scores);
  const channel = ranked.find(({ position }) => position === chosen);
  const unscored = scores.scores.length - ranked.length;
  return (
    <Panel title="Channel">
      <NumberInput
        label="Channel number"
        value={chosen ?? 0}
        min={0}
        max={scores.scores.length - 1}
        onChange={onChoose}
      />
      {channel ? (
        <Facts
          facts={[
            { name: 'Score S', value: formatNumber(channel.score), full: formatFull(channel.score) },
            {
              name: 'Standard error',
              value: channel.standardError === null ? 'one batch only' : `± ${formatNumber(channel.standardError)}`,
              full: formatFull(channel.standardError),
            },
            { name: 'Rank', value: `${formatCount(channel.rank)} of ${formatCount(ranked.length)}` },
            { name: 'Mean temperature', value: formatNumber(scores.temperatures[channel.position] ?? null) },
            { name: 'Selected by the cut', value: channel.rank <= count ? 'yes' : 'no' },
          ]}
        />
      ) : (
        <Note>This channel has no score. Click a point of the lower chart, or type another number.</Note>
      )}
      <Facts
        facts={[
          { name: 'Map size', value: `${scores.mapHeight} × ${scores.mapWidth}` },
          { name: 'Batches without a score', value: formatCount(scores.batchesWithoutScore) },
          ...(unscored > 0 ? [{ name: 'Channels without a score', value: formatCount(unscored) }] : []),
        ]}
      />
    </Panel>
  );
}
