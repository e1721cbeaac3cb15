import { fitsMemory, inferenceNeed, memorySentence, trainingNeed } from '../../../model/memoryNeed';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Note } from '../../ui/Note';

interface MemoryNoteProps {
  /** What is to be done, as the sentence begins: `Fine-tuning`. */
  task: string;
  batchSize: number;
  isTraining: boolean;
}

/** How much memory a job will take with the present model, before it is started. */
export function MemoryNote({ task, batchSize, isTraining }: MemoryNoteProps) {
  const model = useLab(({ stages }) => stageResult(stages.model));
  const memory = useLab(({ environment }) => environment?.memory);
  if (!model || !memory) return null;
  const need = (size: number) => (isTraining ? trainingNeed(model, size) : inferenceNeed(model, size));
  const sentence = memorySentence({ name: task, batchSize, need }, memory);
  return <Note>{fitsMemory(need(batchSize), memory) ? sentence : `${sentence} It would be refused.`}</Note>;
}
