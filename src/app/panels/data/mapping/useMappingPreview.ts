import { useEffect, useState } from 'react';
import type { MappingPreview } from '../../../../dataset/mapping/mappedSamples';
import type { MappingSource } from '../../../../engine/protocol/jobMap';
import { type LabErrorData, toErrorData } from '../../../../foundation/labError';
import { useLabActions } from '../../../store/LabProvider';
import type { MappingDraft } from './mappingDraft';

/** Changes that follow each other within this time are looked at once. */
const restMs = 120;

/**
 * What a mapping makes of the data, made anew after each change; the last one stays in view while the next is made.
 * @param source null while the join is not whole
 */
export function useMappingPreview(
  source: MappingSource | null,
  { mapping, split }: Pick<MappingDraft, 'mapping' | 'split'>,
): { preview: MappingPreview | null; isCurrent: boolean; error: LabErrorData | null } {
  const { previewMapping } = useLabActions();
  const key = source === null ? null : JSON.stringify({ source, mapping, split });
  const [made, setMade] = useState<{ key: string; preview: MappingPreview } | null>(null);
  const [failed, setFailed] = useState<{ key: string; error: LabErrorData } | null>(null);
  useEffect(() => {
    if (key === null) return;
    let isGone = false;
    const timer = setTimeout(() => {
      previewMapping(JSON.parse(key) as Parameters<typeof previewMapping>[0]).then(
        (preview) => isGone || setMade({ key, preview }),
        (thrown) => isGone || setFailed({ key, error: toErrorData(thrown, 'looking at the mapping') }),
      );
    }, restMs);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [key, previewMapping]);
  return {
    preview: made?.preview ?? null,
    isCurrent: made !== null && made.key === key,
    error: failed !== null && failed.key === key ? failed.error : null,
  };
}
