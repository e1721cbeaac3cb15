import type { DatasetMapping } from '../../../../dataset/mapping/datasetMapping';
import type { SplitSettings } from '../../../../dataset/split/splitSettings';
import type { FormatSummary } from '../../../../dataset/suggest/filesSummary';
import type { JoinPlan } from '../../../../dataset/tables/joinPlan';

/** What the wizard edits. */
export interface MappingDraft {
  /** How tables and images are put together. */
  join: JoinPlan;
  mapping: DatasetMapping;
  split: SplitSettings;
}

/** What each section of the wizard gets. */
export interface MappingSectionProps {
  mapping: DatasetMapping;
  onChange(change: Partial<DatasetMapping>): void;
  /** What is known of the set; null for any other. */
  format: FormatSummary | null;
}
