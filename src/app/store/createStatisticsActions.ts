import type { JobParams } from '../../engine/protocol/jobMap';
import type { EvaluationSettings } from '../../fairness/fairnessEvaluation';
import type { RunId } from '../../foundation/ids';
import { toErrorData } from '../../foundation/labError';
import type { LabEvent } from './labEvent';
import type { LabSettings, LabState } from './labState';
import type { RunStage } from './runStage';

/** What the page can ask for besides the way from data to export: how sure the numbers are. */
export interface StatisticsActions {
  /** Takes a file of predictions, of the model or of the baseline, and reads the names of its columns. */
  choosePredictions(role: 'model' | 'baseline', file: File): Promise<void>;
  auditPredictions(): Promise<void>;
  /** Evaluates in full what one round’s model predicted. */
  analyseRound(runId: RunId, arm: string, round: number, settings: EvaluationSettings): Promise<void>;
  /** @param prunedCount channels that a round would prune */
  measureSensitivity(prunedCount: number): Promise<void>;
}

interface StatisticsContext {
  send(event: LabEvent): void;
  runStage: RunStage;
  read(): LabState;
  changeSettings(change: Partial<LabSettings>): void;
  /** @throws LabError when there is none yet */
  need: { scoring(): JobParams<'scoreChannels'> };
}

export function createStatisticsActions({ send, runStage, read, changeSettings, need }: StatisticsContext) {
  /** The predictions chosen last: too large for the state. */
  const files: { model: File | null; baseline: File | null } = { model: null, baseline: null };

  const actions: StatisticsActions = {
    async choosePredictions(role, file) {
      const { audit } = read().settings;
      if (role === 'baseline') {
        if (!audit) return;
        files.baseline = file;
        changeSettings({ audit: { ...audit, baselineName: file.name, answers: {} } });
        return;
      }
      try {
        const { suggestAudit } = await import('./suggestAudit');
        changeSettings({ audit: await suggestAudit(file, audit) });
        files.model = file;
      } catch (thrown) {
        send({ kind: 'alert', error: toErrorData(thrown, 'reading the predictions') });
      }
    },

    async auditPredictions() {
      const { audit } = read().settings;
      if (!audit || !files.model) return;
      const { label, prediction, attributes, cluster, threshold, answers, analysis } = audit;
      const params = {
        file: files.model,
        baseline: audit.baselineName === null ? null : files.baseline,
        columns: {
          label,
          prediction: prediction ?? undefined,
          attributes,
          cluster: cluster ?? undefined,
          threshold,
          answers,
        },
        settings: analysis,
      };
      await runStage('audit', 'auditPredictions', params);
    },

    async analyseRound(runId, arm, round, settings) {
      await runStage('analysis', 'analyseRound', { runId, arm, round, settings });
    },

    async measureSensitivity(prunedCount) {
      await runStage('sensitivity', 'scoreSensitivity', { ...need.scoring(), prunedCount });
    },
  };
  return actions;
}
