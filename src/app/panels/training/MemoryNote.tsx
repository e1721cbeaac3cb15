import { fitsMemory, inferenceNeed, memorySentence, type SizedModel, trainingNeed } from '../../../model/memoryNeed';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Note } from '../../ui/Note';

interface MemoryNoteProps {
  /** What is to be done, as the sentence begins: `Fine-tuning`. */
  task: string;
  batchSize: number;
  isTraining: boolean;
  /** The network, where it is not the present one. */
  sized?: SizedModel;
}

/** How much memory a job will take with the present model, before it is started. */
export function MemoryNote({ task, batchSize, isTraining, sized }: MemoryNoteProps) {
  const present = useLab(({ stages }) => stageResult(stages.model));
  const model = sized ?? present;
  const memory = useLab(({ environment }) => environment?.memory);
  if (!model || !memory) return null;
  const need = (size: number) => (isTraining ? trainingNeed(model, size) : inferenceNeed(model, size));
  const sentence = memorySentence({ name: task, batchSize, need }, memory);
  return <Note>{fitsMemory(need(batchSize), memory) ? sentence : `${sentence} It would be refused.`}</Note>;
}
