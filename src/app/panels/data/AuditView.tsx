import type { DatasetManifest } from '../../../dataset/stored/dataset';
import { CellHeatMap } from './CellHeatMap';
import { ImageBrowser } from './ImageBrowser';

interface AuditViewProps {
  dataset: DatasetManifest;
  /** The sample that the inspector shows. */
  selected: number | null;
  onSelect(sample: number): void;
}

/** What the dataset holds: the main figure is the count of every class in every group; the images are below. */
export function AuditView({ dataset, selected, onSelect }: AuditViewProps) {
  return (
    <>
      <CellHeatMap dataset={dataset} />
      <ImageBrowser key={dataset.id} dataset={dataset} selected={selected} onSelect={onSelect} />
    </>
  );
}
