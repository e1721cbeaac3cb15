import { useDeferredValue, useMemo } from 'react';
import { auditPublishedTable, type PublishedAudit } from '../../../../fairness/auditor/auditPublishedTable';
import { type LabErrorData, toErrorData } from '../../../../foundation/labError';
import { useLab } from '../../../store/LabProvider';

/** The audit of the text in the box, or why it cannot be audited; both null while the box is empty. */
export function useTableAudit(): { audit: PublishedAudit | null; error: LabErrorData | null } {
  const { text, baseline } = useDeferredValue(useLab(({ settings }) => settings.publishedTable));
  return useMemo(() => {
    if (text.trim() === '') return { audit: null, error: null };
    try {
      return { audit: auditPublishedTable(text, { baseline: baseline.trim() || null }), error: null };
    } catch (thrown) {
      return { audit: null, error: toErrorData(thrown, 'reading the published table') };
    }
  }, [text, baseline]);
}
