import type { ModelSummary } from '../../../model/labModel';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Note } from '../../ui/Note';

/** Why a model and the data do not fit together, before a job fails of it. Nothing when they do, or there are no data. */
export function FitNote({ model }: { model: ModelSummary }) {
  const data = useLab(({ stages }) => stageResult(stages.data));
  if (!data) return null;
  const { imageSize, classNames } = model;
  const reasons = [
    ...(data.imageSize === imageSize
      ? []
      : [
          `The data’s images are ${data.imageSize} × ${data.imageSize}; this network takes ${imageSize} × ${imageSize}. Import the images again at ${imageSize} pixels, or load weights from PyTorch for ${data.imageSize}.`,
        ]),
    ...(data.classNames.length === classNames.length
      ? []
      : [
          `The data have ${data.classNames.length} classes, this network ${classNames.length}: channels can be scored and pruned, but nothing can be measured.`,
        ]),
  ];
  return reasons.map((reason) => <Note key={reason}>{reason}</Note>);
}
