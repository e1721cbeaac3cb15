import { escapeMarkdown, escapeMarkdownLine } from '../foundation/escape/escapeMarkdown';
import type { ModelId } from '../foundation/ids';
import { describeFit } from '../foundation/imageFit';
import { importanceLabel } from '../importance/importances';
import type { ExportFormat, LabModel } from '../model/labModel';
import { explainHeldZeros } from '../model/masks/heldZeros';
import { channelCount, channelOrderName, greyFormula, inInputOrder } from '../model/preprocessing';
import { describeOrigin } from './describeOrigin';
import { describeData, describeMeasured, limits } from './modelCardParts';
import { nameRound } from './nameRound';
import type { RunRecord } from './runRecord';

interface CardOptions {
  /** What the model is exported for. */
  format?: ExportFormat;
  /** The round whose numbers are told, when the model was read again from its file and has another id. */
  roundModelId?: ModelId;
}

const md = escapeMarkdown;

const uses: Record<ExportFormat, string> = {
  tfjs: 'A tfjs layers model; load it with `tf.loadLayersModel`. Logits out, no softmax.',
  pytorch:
    'Weights for PyTorch; `load_model.py` rebuilds the module and loads them (`from load_model import load`). Logits out, no softmax. Images go in as [n, channels, height, width].',
  onnx: 'An ONNX file (opset 13) for ONNX Runtime and others. Logits out, no softmax. Images go in as [n, channels, height, width].',
};

/**
 * A model card in Markdown: what the model is, how it was made, on which data and groups, what was measured on which split
 * with intervals, and what that cannot tell. Written for whoever receives the file without the lab.
 *
 * @param record the run that the model comes from; null for a model that was only trained or loaded
 */
export function writeModelCard(
  model: LabModel,
  record: RunRecord | null,
  { format = 'tfjs', roundModelId = model.id }: CardOptions = {},
): string {
  return [
    `# ${escapeMarkdownLine(model.name)}`,
    ...describeUse(model, format),
    ...describePruning(model),
    ...describeZeros(model, format),
    ...describeSource(model),
    ...(record ? [...describeRun(record, roundModelId), ...describeData(record)] : noRun),
    ...(record ? describeMeasured(record, roundModelId) : []),
    ...limits,
  ].join('\n');
}

function describeUse({ preprocessing, classNames, groupInput }: LabModel, format: ExportFormat): string[] {
  const { imageSize, imageFit } = preprocessing;
  const { mean, std } = inInputOrder(preprocessing);
  const channels = channelCount(preprocessing);
  return [
    '',
    '## Use',
    uses[format],
    '',
    `- Input: [n, ${imageSize}, ${imageSize}, ${channels}], ${channelOrderName(preprocessing)}${channels === 1 ? ` (${greyFormula})` : ''}, (pixel / 255 − mean) / std with mean [${mean.join(', ')}] and std [${std.join(', ')}]`,
    ...(imageFit ? [`- Images of other shapes: ${describeFit(imageFit)} to ${imageSize} × ${imageSize} pixels`] : []),
    ...(groupInput
      ? [
          `- Second input: the group of each image, [n, 1], by its number in ${md(groupInput.names.join(', '))} (${md(groupInput.attribute)})`,
        ]
      : []),
    `- Classes, in the order of the outputs: ${md(classNames.join(', '))}`,
    '- For: research into what pruning does to the gap between two groups, and teaching. Not for: decisions about people.',
  ];
}

function describePruning({ originalChannels, silenced, prunedFrom }: LabModel): string[] {
  const pruned = Object.entries(originalChannels).map(
    ([layer, channels]) =>
      `- ${escapeMarkdownLine(layer)}: ${channels.length} channels left (first numbers: ${channels.join(', ')})`,
  );
  const silent = [...new Set((silenced ?? []).map(({ layer }) => layer))].map(
    (layer) => `- ${escapeMarkdownLine(layer)}: some of its channels are held at zero, not removed`,
  );
  if (pruned.length + silent.length === 0) return [];
  return ['', '## Pruned layers', ...(prunedFrom ? [`- From: ${md(prunedFrom.name)}`] : []), ...pruned, ...silent];
}

function describeZeros(model: LabModel, format: ExportFormat): string[] {
  const held = explainHeldZeros(model, format);
  return held === null ? [] : ['', '## Held at zero', `- ${held}`];
}

function describeSource({ notes = [], importReport, trainedOn }: LabModel): string[] {
  const found = importReport ? [`- Read from a ${md(importReport.format)}: ${md(importReport.found)}`] : [];
  const trained = trainedOn
    ? `- Trained from scratch in the lab on the training split of “${md(trainedOn.name)}” (hash of its names: ${md(trainedOn.trainSplitHash)})`
    : '- What data it was trained on is not known to the lab';
  const assumed = (importReport?.assumed ?? []).map(
    ({ question, label }) => `- Assumed, as the files do not say it: ${md(question)} ${md(label)}.`,
  );
  return [
    '',
    '## Where it comes from',
    ...found,
    trained,
    ...assumed,
    ...notes.map((note) => `- ${escapeMarkdownLine(note)}`),
  ];
}

const noRun = ['', '## Measured', 'Nothing was measured in the lab: this model does not come from a run.'];

function describeRun(record: RunRecord, roundModelId: ModelId): string[] {
  const { config, environment } = record;
  const found = record.arms.flatMap((arm) =>
    arm.rounds.filter(({ modelId }) => modelId === roundModelId).map((round) => ({ arm, round })),
  )[0];
  const { ratio, mode } = config.pruning;
  const origin = describeOrigin(record);
  return [
    '',
    '## How it was made',
    `- Run ${md(record.id)}, ${record.createdAt}, on ${environment.backend} (${md([environment.device, environment.host].filter(Boolean).join(', '))}), lab ${md(environment.labVersion)}, tfjs ${md(environment.tfjsVersion)}`,
    ...(origin ? [`- ${md(origin)}`] : []),
    `- Started from: ${md(record.model.name)}; layer ${md(record.layer)}; seed ${config.seed}`,
    `- Each round: ${ratio * 100} % of the channels (mode ${mode}), then ${config.fineTune.epochs} epochs of fine-tuning (${config.fineTune.optimizer.name}, learning rate ${config.fineTune.optimizer.learningRate})`,
    ...(found
      ? [
          `- ${importanceLabel(found.arm.arm)}, ${nameRound(found.arm, found.round.round)}: ${found.round.channelsLeft} channels left, ${found.round.parameters} parameters`,
        ]
      : []),
  ];
}
