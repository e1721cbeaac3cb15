import { LabError } from '../../../foundation/labError';
import { type ArchitectureSpec, architectureLabels } from '../../../model/labModel';
import type { SizedModel } from '../../../model/memoryNeed';
import { formatCount } from '../../format/formatNumber';
import { formatLargeCount } from '../../format/formatQuantity';
import { Note } from '../../ui/Note';
import { MemoryNote } from '../training/MemoryNote';

interface ArchitectureSizeProps {
  spec: ArchitectureSpec;
  /** Its size, or why it cannot be built. */
  sized: SizedModel | LabError;
  batchSize: number;
}

/** How large the network to be trained is, and what its training takes, before it is built. */
export function ArchitectureSize({ spec, sized, batchSize }: ArchitectureSizeProps) {
  if (sized instanceof LabError) return <Note>{`${sized.message} ${sized.hint}`}</Note>;
  const name = 'plan' in spec ? 'Your own network' : architectureLabels[spec.name];
  return (
    <>
      <Note>
        {`${name} for ${spec.imageSize}-pixel images and ${spec.classCount} classes: `}
        <span title={formatCount(sized.parameters)}>{formatLargeCount(sized.parameters)} parameters</span>.
      </Note>
      <MemoryNote task="Training" batchSize={batchSize} isTraining sized={sized} />
    </>
  );
}
