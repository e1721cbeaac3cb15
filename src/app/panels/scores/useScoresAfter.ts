import { subjectImportance } from '../../../importance/importances';
import type { ChannelScores } from '../../../snnl/snnlOptions';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';

/** Scores after the chosen round of the run that is shown, when it pruned this model's same layer. */
export function useScoresAfter(): ChannelScores | null {
  return useLab(({ record, stages }) => {
    if (record === null || record.model.id !== stageResult(stages.model)?.id) return null;
    const arm = record.arms.find(({ arm: name }) => name === subjectImportance.id);
    const round = arm?.rounds.find(({ round: number }) => number === arm.chosenRound) ?? arm?.rounds.at(-1);
    return round && record.layer === stageResult(stages.scores)?.layer ? round.scoresAfter : null;
  });
}
