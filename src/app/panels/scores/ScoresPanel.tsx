import { useState } from 'react';
import { pairObstacles } from '../../../recipe/checkPair';
import { type RankedChannel, rankChannels } from '../../charts/scoreRows';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { chosenLayer } from '../../store/targetLayer';
import { Button } from '../../ui/Button';
import { EmptyState } from '../../ui/EmptyState';
import { Note } from '../../ui/Note';
import { StageError } from '../../ui/StageError';
import { StepFrame } from '../../ui/StepFrame';
import { StepTabs } from '../../ui/StepTabs';
import { FitNote } from '../model/FitNote';
import { ChannelInspector } from './ChannelInspector';
import { ScoreFigure } from './ScoreFigure';
import { ScoreSettings } from './ScoreSettings';
import { Sensitivity } from './Sensitivity';
import { useScoresAfter } from './useScoresAfter';
import { useSilentChannels } from './useSilentChannels';

export function ScoresPanel() {
  const scores = useLab(({ stages }) => stageResult(stages.scores));
  const silent = useSilentChannels(scores?.layer ?? null);
  const ranked = scores ? rankChannels(scores, silent) : [];
  const [clicked, setClicked] = useState<number | null>(null);
  const channel = clicked ?? ranked[0]?.position ?? null;
  return (
    <StepFrame
      title="Scores"
      purpose="How strongly each channel tells the two groups apart. Low = apart = pruned first."
      actions={<ScoreButton hasScores={scores !== null} />}
      inspector={
        <>
          <ScoreSettings />
          {scores ? <ChannelInspector scores={scores} ranked={ranked} chosen={channel} onChoose={setClicked} /> : null}
        </>
      }
    >
      <StepTabs
        label="Views of the scores"
        tabs={[
          {
            id: 'scores',
            title: 'Channels',
            content: <ScoreView ranked={ranked} chosen={channel} onChoose={setClicked} />,
          },
          { id: 'sensitivity', title: 'Other settings', content: <Sensitivity /> },
        ]}
      />
    </StepFrame>
  );
}

interface ScoreViewProps {
  ranked: RankedChannel[];
  chosen: number | null;
  onChoose(channel: number | null): void;
}

function ScoreView({ ranked, chosen, onChoose }: ScoreViewProps) {
  const scores = useLab(({ stages }) => stageResult(stages.scores));
  const status = useLab(({ stages }) => stages.scores.status);
  const groupNames = useLab(({ stages }) => stageResult(stages.data)?.groupNames ?? null);
  const model = useLab(({ stages }) => stageResult(stages.model));
  const after = useScoresAfter();
  return (
    <>
      <StageError stage="scores" />
      {model ? <FitNote model={model} use="maps" /> : null}
      {status === 'stale' ? (
        <Note>
          The settings, the data or the model have changed since these scores were made. Score again to bring them up to
          date.
        </Note>
      ) : null}
      {scores ? (
        <ScoreFigure scores={scores} ranked={ranked} after={after} chosen={chosen} onChoose={onChoose} />
      ) : (
        <EmptyState
          title={status === 'running' ? 'Scoring the channels …' : 'No scores yet.'}
          why={
            status === 'running'
              ? 'The histogram appears here when every batch of training images has been through the network.'
              : `SNNL-Fair compares each channel’s maps within and across ${groupNames ? groupNames.join(' and ') : 'the two groups'}. Score the channels to see which ones carry the difference.`
          }
        />
      )}
    </>
  );
}

function ScoreButton({ hasScores }: { hasScores: boolean }) {
  const isBusy = useIsBusy();
  const canScore = useLab(({ stages, settings }) => {
    const model = stageResult(stages.model);
    const data = stageResult(stages.data);
    if (!model || !data || chosenLayer(model, settings.run) === null) return false;
    return pairObstacles(model, data, 'maps').length === 0;
  });
  const isFresh = useLab(({ stages }) => stages.scores.status === 'done');
  const { scoreChannels, goTo } = useLabActions();
  return (
    <>
      <Button look={isFresh ? 'plain' : 'main'} isDisabled={isBusy || !canScore} onPress={() => void scoreChannels()}>
        {hasScores ? 'Score again' : 'Score channels'}
      </Button>
      {isFresh ? (
        <Button look="main" onPress={() => goTo('prune')}>
          Next: prune
        </Button>
      ) : null}
    </>
  );
}
