import type { ModelSummary } from '../../../model/modelSummary';
import { Toggles } from '../../ui/Toggles';
import { hasImportReport, ImportReportView } from './ImportReportView';
import { LayerTable } from './LayerTable';
import { ModelUseForm } from './ModelUseForm';

export type ModelView = 'layers' | 'report' | 'use';

interface ModelViewsProps {
  model: ModelSummary;
  /** Null: the report first, when the model was read from a foreign file, or else the layers. */
  view: ModelView | null;
  onView(view: ModelView): void;
}

/** A model: its layers, how it was read, and how it is used. */
export function ModelViews({ model, view, onView }: ModelViewsProps) {
  const shown = view ?? (model.importReport && !model.prunedFrom ? 'report' : 'layers');
  const views: { value: ModelView; label: string }[] = [
    { value: 'layers', label: 'Layers' },
    ...(hasImportReport(model) ? [{ value: 'report' as const, label: 'Import report' }] : []),
    ...(model.preprocessing ? [{ value: 'use' as const, label: 'Input & classes' }] : []),
  ];
  return (
    <>
      <Toggles label="View of the model" value={shown} options={views} onChange={onView} />
      {shown === 'layers' ? <LayerTable model={model} /> : null}
      {shown === 'report' ? <ImportReportView model={model} /> : null}
      {shown === 'use' && model.preprocessing ? (
        <ModelUseForm key={model.id} model={model} preprocessing={model.preprocessing} />
      ) : null}
    </>
  );
}
