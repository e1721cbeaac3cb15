import { describeFit } from '../foundation/imageFit';
import { describeSamples } from '../model/describeSamples';
import type { PruningPlan } from '../model/labModel';
import { activationBytes, weightBytes } from '../model/memoryNeed';
import type { ModelSummary } from '../model/modelSummary';
import { channelCount, channelOrderName, greyFormula, presetOf } from '../model/preprocessing';
import { formatColumns, type Output } from './output';

const count = (value: number) => value.toLocaleString('en-GB');
const bytes = (value: number) =>
  value < 1024 ** 2 ? `${(value / 1024).toFixed(1)} KiB` : `${(value / 1024 ** 2).toFixed(1)} MiB`;

/** What a model is, what its import found, and what each layer costs. */
export function printModel(model: ModelSummary, output: Output): void {
  output.event({ kind: 'modelSummary', ...model });
  const { preprocessing } = model;
  output.line(
    `${model.name}: ${count(model.parameters)} parameters, ${count(model.macs)} MACs per image, ${count(model.bytes)} bytes, input ${model.imageSize} × ${model.imageSize}${preprocessing ? ` × ${channelCount(preprocessing)}` : ''}\nClasses: ${model.classNames.join(', ')}`,
  );
  if (model.weightsHeldAtZero) {
    output.line(`Held at zero: ${count(model.weightsHeldAtZero)} of ${count(model.parameters)} weights`);
  }
  output.line(`Trained on: ${model.trainedOn ? `“${model.trainedOn.name}”` : 'not known to the lab'}`);
  if (model.method) {
    const settings = Object.entries(model.method.settings).map(([name, value]) => `${name} ${String(value)}`);
    output.line(`Trained by: ${model.method.id}${settings.length > 0 ? ` (${settings.join(', ')})` : ''}`);
  }
  if (preprocessing) {
    const { mean, std } = preprocessing;
    output.text(
      `Pixels: ${presetOf(preprocessing) ?? 'set by hand'}: ${channelOrderName(preprocessing)}, (pixel / 255 - mean) / std with mean ${mean.join(', ')} and std ${std.join(', ')} of ${channelCount(preprocessing) === 1 ? `grey; ${greyFormula}` : 'red, green, blue'}`,
    );
  }
  if (preprocessing?.imageFit) output.text(`Images of other shapes: ${describeFit(preprocessing.imageFit)}`);
  if (model.importReport) {
    output.text('');
    output.line(`Read as ${model.importReport.format}. ${model.importReport.found}`);
    output.text(
      formatColumns(
        ['layer', 'status', 'detail'],
        model.importReport.lines.map(({ layer, status, detail }) => [layer, status, detail]),
      ),
    );
  }
  if (model.importReport?.samples) output.line(describeSamples(model.importReport.samples));
  for (const { key, question, value, label } of model.importReport?.assumed ?? []) {
    output.line(`Assumed: ${question} ${label} (${key}=${value})`);
  }
  for (const note of model.notes ?? []) output.line(`Note: ${note}`);
  for (const limit of model.limits ?? []) output.line(`Limit: ${limit}`);
  output.text('');
  output.text(
    formatColumns(
      ['layer', 'kind', 'output', 'parameters', 'weights', 'activations', 'MACs', 'prunable'],
      model.layers.map((layer) => [
        layer.name,
        layer.kind,
        layer.outputShape.join(' × '),
        count(layer.parameters),
        bytes(weightBytes(layer)),
        bytes(activationBytes(layer)),
        count(layer.macs),
        layer.prunable ? (layer.name === model.defaultLayer ? 'yes, the default' : 'yes') : (layer.reason ?? 'no'),
      ]),
    ),
  );
}

/** Every layer that a plan reaches, and what it saves. */
export function printPlan(plan: PruningPlan, output: Output): void {
  output.event({ kind: 'pruningPlan', ...plan });
  const fall = (before: number, after: number) =>
    before === after ? count(before) : `${count(before)} → ${count(after)}`;
  for (const { layer, remove } of plan.targets) {
    output.line(`${layer}: ${remove.length} channels, positions ${remove.join(', ')} (mode ${plan.mode})`);
  }
  output.text(
    formatColumns(
      ['layer', 'kind', 'part', 'channels', 'parameters', 'MACs'],
      plan.layers.map((layer) => [
        layer.layer,
        layer.kind,
        layer.role,
        fall(layer.channelsBefore, layer.channelsAfter),
        fall(layer.parametersBefore, layer.parametersAfter),
        fall(layer.macsBefore, layer.macsAfter),
      ]),
    ),
  );
  output.text(
    `In all: ${fall(plan.parametersBefore, plan.parametersAfter)} parameters, ${fall(plan.macsBefore, plan.macsAfter)} MACs per image.`,
  );
}
