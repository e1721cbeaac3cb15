import type { LabModel } from '../model/labModel';
import { armLabels } from './runConfig';
import type { Evaluation, RunRecord } from './runRecord';

/**
 * A model card in Markdown: what the model is, how it was made, what was measured on which split, and what that cannot
 * tell. Written for whoever receives the file without the lab.
 *
 * @param record the run that made the model; null for a model that was only trained or loaded
 */
export function writeModelCard(model: LabModel, record: RunRecord | null): string {
  return [`# ${model.name}`, ...describeModel(model), ...(record ? describeRun(model, record) : []), ...limits].join(
    '\n',
  );
}

function describeModel({ preprocessing, classNames, originalChannels }: LabModel): string[] {
  const { imageSize, mean, std } = preprocessing;
  const pruned = Object.entries(originalChannels).map(
    ([layer, channels]) => `- ${layer}: ${channels.length} channels left`,
  );
  return [
    '',
    '## Use',
    'A tfjs layers model; load it with `tf.loadLayersModel`. Logits out, no softmax.',
    '',
    `- Input: [n, ${imageSize}, ${imageSize}, 3], RGB, (pixel / 255 − mean) / std with mean [${mean.join(', ')}] and std [${std.join(', ')}]`,
    `- Classes, in the order of the outputs: ${classNames.join(', ')}`,
    ...(pruned.length > 0 ? ['', '## Pruned layers', ...pruned] : []),
  ];
}

function describeRun(model: LabModel, record: RunRecord): string[] {
  const { config, dataset, environment } = record;
  const found = record.arms.flatMap(({ arm, rounds }) =>
    rounds.filter(({ modelId }) => modelId === model.id).map((round) => ({ arm, round })),
  )[0];
  const lines = [
    '',
    '## How it was made',
    `- Run ${record.id}, ${record.createdAt}, on ${environment.backend} (${environment.device}), lab ${environment.labVersion}, tfjs ${environment.tfjsVersion}`,
    `- Data: ${dataset.name}; groups by ${dataset.sensitiveAttribute}: 0 = ${dataset.groupNames[0]}, 1 = ${dataset.groupNames[1]}`,
    `- Started from: ${record.model.name}; layer ${record.layer}; seed ${config.seed}`,
  ];
  if (!found) return lines;
  const { arm, round } = found;
  return [
    ...lines,
    `- ${armLabels[arm]}, round ${round.round}: ${round.channelsLeft} channels left, ${round.parameters} parameters`,
    '',
    '## Measured',
    ...describeEvaluation(round.evaluation, record.baseline.evaluation),
    ...record.testLooks.flatMap((look) =>
      look.arms
        .filter((other) => other.arm === arm && other.round === round.round)
        .flatMap(({ evaluation }) => describeEvaluation(evaluation, look.baseline)),
    ),
    '',
    `The test split had been looked at ${record.testLooks.length === 1 ? 'once' : `${record.testLooks.length} times`} when this card was written.`,
  ];
}

function describeEvaluation(evaluation: Evaluation, baseline: Evaluation): string[] {
  const { report, fate, bootstrap, noiseFloor, split } = evaluation;
  const before = baseline.report;
  const range = (name: 'f1Avg' | 'eopp0' | 'eopp1' | 'eodd') => {
    const interval = bootstrap?.intervals[name];
    return interval ? `${interval.low.toPrecision(3)} to ${interval.high.toPrecision(3)}` : 'none';
  };
  const criteria = (['eopp0', 'eopp1', 'eodd'] as const).map((name) => {
    const floor = noiseFloor?.byCriterion[name].q95;
    const gain = fate?.[name];
    const gainRange = bootstrap?.fate?.[name];
    return `| ${name} | ${before[name].toPrecision(3)} | ${report[name].toPrecision(3)} | ${range(name)} | ${floor?.toPrecision(3) ?? 'none'} | ${gain?.toPrecision(3) ?? 'undefined'} | ${gainRange ? `${gainRange.low.toPrecision(3)} to ${gainRange.high.toPrecision(3)}` : 'none'} |`;
  });
  return [
    '',
    `${report.n} samples of the ${split} split; ${bootstrap ? `${bootstrap.level * 100} % bootstrap intervals` : 'no intervals'}.`,
    '',
    '| | unpruned | this model | interval | noise floor (95 %) | FATE | FATE interval |',
    '|---|---|---|---|---|---|---|',
    `| F1, mean of groups | ${before.rows.f1.avg.toPrecision(3)} | ${report.rows.f1.avg.toPrecision(3)} | ${range('f1Avg')} | | | |`,
    ...criteria,
  ];
}

const limits = [
  '',
  '## Limits',
  '- Two groups and one attribute were looked at; others may differ more.',
  '- A gap at or below the noise floor cannot be told from chance on these samples.',
  '- A FATE whose interval holds 0 is no evidence of a change.',
  '- Not a medical device; not for decisions about patients.',
  '',
];
