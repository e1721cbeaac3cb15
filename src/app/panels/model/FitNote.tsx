import { type DatasetManifest, imageFitOf } from '../../../dataset/dataset';
import { describeFit, fitKey, type ImageFit } from '../../../foundation/imageFit';
import type { ModelSummary } from '../../../model/labModel';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Note } from '../../ui/Note';

/** What cannot be done with a model, and why it and the data do not fit together, before a job fails of it. */
export function FitNote({ model }: { model: ModelSummary }) {
  const data = useLab(({ stages }) => stageResult(stages.data));
  const reasons = [...(model.limits ?? []), ...(data ? misfits(model, data) : [])];
  return reasons.map((reason) => <Note key={reason}>{reason}</Note>);
}

function misfits({ imageSize, preprocessing, classNames }: ModelSummary, data: DatasetManifest): string[] {
  return [
    ...(data.imageSize === imageSize
      ? []
      : [
          `The data’s images are ${data.imageSize} × ${data.imageSize}; this network takes ${imageSize} × ${imageSize}. Import the images again at ${imageSize} pixels, or load weights from PyTorch for ${data.imageSize}.`,
        ]),
    ...fitDiffers(data, preprocessing?.imageFit),
    ...(data.classNames.length === classNames.length
      ? []
      : [
          `The data have ${data.classNames.length} classes, this network ${classNames.length}: channels can be scored and pruned, but nothing can be measured.`,
        ]),
  ];
}

/** Images that were made squares in another way than those that the network was trained on, where both are known. */
function fitDiffers(data: DatasetManifest, trained: ImageFit | undefined): string[] {
  const fit = imageFitOf(data);
  if (!fit || !trained || fitKey(fit) === fitKey(trained)) return [];
  return [
    `The data’s images were ${describeFit(fit)}; those that this network was trained on were ${describeFit(trained)}. Its predictions may be worse for it.`,
  ];
}
