import { type DatasetManifest, imageFitOf } from '../../../dataset/dataset';
import { describeFit, fitKey, type ImageFit } from '../../../foundation/imageFit';
import type { ModelSummary } from '../../../model/labModel';
import { useLab } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Note } from '../../ui/Note';

/** Why a model and the data do not fit together, before a job fails of it. Nothing when they do, or there are no data. */
export function FitNote({ model }: { model: ModelSummary }) {
  const data = useLab(({ stages }) => stageResult(stages.data));
  if (!data) return null;
  const { imageSize, preprocessing, classNames } = model;
  const reasons = [
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
  return reasons.map((reason) => <Note key={reason}>{reason}</Note>);
}

/** Images that were made squares in another way than those that the network was trained on, where both are known. */
function fitDiffers(data: DatasetManifest, trained: ImageFit | undefined): string[] {
  const fit = imageFitOf(data);
  if (!fit || !trained || fitKey(fit) === fitKey(trained)) return [];
  return [
    `The data’s images were ${describeFit(fit)}; those that this network was trained on were ${describeFit(trained)}. Its predictions may be worse for it.`,
  ];
}
