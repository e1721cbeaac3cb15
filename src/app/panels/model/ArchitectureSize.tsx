import { LabError } from '../../../foundation/labError';
import { estimateArchitecture } from '../../../model/architectures/estimateArchitecture';
import { type ArchitectureSpec, architectureLabels, hasDenseHead } from '../../../model/labModel';
import { formatCount } from '../../format/formatNumber';
import { formatLargeCount } from '../../format/formatQuantity';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Note } from '../../ui/Note';
import { MemoryNote } from '../training/MemoryNote';

/** How large the network to be trained is, and what its training takes, before it is built. */
export function ArchitectureSize() {
  const { architecture, training } = useLab(({ settings }) => settings);
  const data = useLab(({ stages }) => stageResult(stages.data));
  if (!data) return null;
  const sized = tryEstimate({
    ...architecture,
    head: hasDenseHead(architecture.name) ? architecture.head : undefined,
    imageSize: data.imageSize,
    classCount: data.classNames.length,
    seed: 0,
  });
  if (sized instanceof LabError) return <Note>{`${sized.message} ${sized.hint}`}</Note>;
  return (
    <>
      <Note>
        {architectureLabels[architecture.name]} for {data.imageSize}-pixel images and {data.classNames.length} classes:{' '}
        <span title={formatCount(sized.parameters)}>{formatLargeCount(sized.parameters)} parameters</span>.
      </Note>
      <MemoryNote task="Training" batchSize={training.batchSize} isTraining sized={sized} />
    </>
  );
}

/** The size, or why the network cannot be built. */
function tryEstimate(spec: ArchitectureSpec) {
  try {
    return estimateArchitecture(spec);
  } catch (error) {
    if (error instanceof LabError) return error;
    throw error;
  }
}
