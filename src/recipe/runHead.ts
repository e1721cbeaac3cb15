import type { FairnessCriterion } from '../fairness/paperTable';
import type { TableBootstrap, TwoGroupReport } from '../fairness/paperTableSchema';
import type { ArmRecord, Evaluation, RoundRecord, RunRecord } from './runRecord';

/**
 * What a list shows of a run: its settings, and of every round what tables over many runs need. A whole record is one, too, so
 * that whatever reads heads also reads records.
 */
export interface RunHead
  extends Pick<
    RunRecord,
    'id' | 'createdAt' | 'updatedAt' | 'status' | 'error' | 'origin' | 'endedEarly' | 'config' | 'layer'
  > {
  dataset: Pick<
    RunRecord['dataset'],
    'id' | 'name' | 'classNames' | 'groupNames' | 'sensitiveAttribute' | 'splitHashes'
  >;
  model: Pick<RunRecord['model'], 'id' | 'name'>;
  baseline: { evaluation: EvaluationHead };
  arms: ArmHead[];
}

export interface ArmHead extends Pick<ArmRecord, 'arm' | 'stop' | 'chosenRound'> {
  rounds: RoundHead[];
}

export interface RoundHead extends Pick<RoundRecord, 'round' | 'modelId' | 'bytes'> {
  fineTuning?: Pick<NonNullable<RoundRecord['fineTuning']>, 'endedBy'>;
  evaluation: EvaluationHead;
}

/** Avg F1, gaps and FATE with their intervals, and the number of images. */
export interface EvaluationHead extends Pick<Evaluation, 'fate'> {
  report: Pick<TwoGroupReport, 'n' | FairnessCriterion> & { rows: { f1: { avg: number } } };
  bootstrap:
    | (Pick<TableBootstrap, 'fate'> & {
        intervals: Pick<TableBootstrap['intervals'], ShownInterval>;
      })
    | null;
}

type ShownInterval = 'f1Avg' | FairnessCriterion;

/** What a list shows of a record; of a head, or what holds more than one, the head alone. */
export function runHeadOf(run: RunHead): RunHead {
  const { id, createdAt, updatedAt, status, error, origin, endedEarly, config, layer } = run;
  const { id: datasetId, name, classNames, groupNames, sensitiveAttribute, splitHashes } = run.dataset;
  return {
    id,
    createdAt,
    updatedAt,
    status,
    error,
    ...(origin && { origin }),
    ...(endedEarly !== undefined && { endedEarly }),
    config,
    layer,
    dataset: { id: datasetId, name, classNames, groupNames, sensitiveAttribute, splitHashes },
    model: { id: run.model.id, name: run.model.name },
    baseline: { evaluation: evaluationHead(run.baseline.evaluation) },
    arms: run.arms.map(({ arm, stop, chosenRound, rounds }) => ({
      arm,
      stop,
      chosenRound,
      rounds: rounds.map(roundHead),
    })),
  };
}

function roundHead({ round, modelId, bytes, fineTuning, evaluation }: RoundHead): RoundHead {
  const head = { round, modelId, bytes, evaluation: evaluationHead(evaluation) };
  return fineTuning ? { ...head, fineTuning: { endedBy: fineTuning.endedBy } } : head;
}

function evaluationHead({ report, fate, bootstrap }: EvaluationHead): EvaluationHead {
  const { n, rows, eopp0, eopp1, eodd } = report;
  return {
    report: { n, rows: { f1: { avg: rows.f1.avg } }, eopp0, eopp1, eodd },
    fate,
    bootstrap: bootstrap && { intervals: shownIntervals(bootstrap.intervals), fate: bootstrap.fate },
  };
}

function shownIntervals({ f1Avg, eopp0, eopp1, eodd }: Pick<TableBootstrap['intervals'], ShownInterval>) {
  return { f1Avg, eopp0, eopp1, eodd };
}
