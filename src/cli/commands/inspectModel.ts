import { type Command, type CommandLine, exitCodes, requireWord } from '../commandLine';
import { loadModel, requireInputs } from '../loadInputs';
import { formatColumns } from '../output';

/** `lab model inspect FILE|demo`: layers, costs, and what can be pruned. */
export const inspectModel: Command = { wordCount: 1, flags: ['backend'], run: inspect };

async function inspect(line: CommandLine): Promise<number> {
  const path = requireWord(line, 0, 'The model file');
  await requireInputs(path);
  const model = await loadModel(await line.lab(), path);
  line.output.event({ kind: 'modelSummary', ...model });
  const count = (value: number) => value.toLocaleString('en-GB');
  line.output.text(
    `${model.name}: ${count(model.parameters)} parameters, ${count(model.macs)} MACs per image, ${count(model.bytes)} bytes, input ${model.imageSize} × ${model.imageSize}\nClasses: ${model.classNames.join(', ')}\n`,
  );
  line.output.text(
    formatColumns(
      ['layer', 'kind', 'output', 'parameters', 'MACs', 'prunable'],
      model.layers.map((layer) => [
        layer.name,
        layer.kind,
        layer.outputShape.join(' × '),
        count(layer.parameters),
        count(layer.macs),
        layer.prunable ? (layer.name === model.defaultLayer ? 'yes, the default' : 'yes') : (layer.reason ?? 'no'),
      ]),
    ),
  );
  return exitCodes.ok;
}
