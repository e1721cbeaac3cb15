import { type LabState, type StageName, stageOrder } from './labState';

/** The stage whose job is under way, or null. The page starts one job at a time. */
export function runningStage({ stages }: LabState): StageName | null {
  return stageOrder.find((name) => stages[name].status === 'running') ?? null;
}
