import type { ModelSummary } from '../../../model/modelSummary';
import { channelCount } from '../../../model/preprocessing';
import { formatCount } from '../../format/formatNumber';
import { formatBytes, formatLargeCount } from '../../format/formatQuantity';
import { methodInWords } from '../../format/methodInWords';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { type Fact, Facts } from '../../ui/Facts';
import { Note } from '../../ui/Note';
import { Panel } from '../../ui/Panel';
import { FitNote } from './FitNote';
import { PrunedFrom } from './PrunedFrom';
import { SamplesNote } from './SamplesNote';

export function ModelInspector({ model }: { model: ModelSummary | null }) {
  const { goTo } = useLabActions();
  const methods = useLab((state) => state.methods);
  if (!model) {
    return (
      <Panel title="Which network?">
        <p>
          The method is defined for any network with convolutions. It prunes channels of one of them, the last by
          default.
        </p>
        <Note>Training runs on this machine. The small CNN takes a few minutes without a GPU; VGG-11 wants one.</Note>
      </Panel>
    );
  }
  const { parameters, macs, bytes, trainingMemory } = model;
  return (
    <>
      <Panel title={model.name}>
        <Facts
          facts={[
            { name: 'Parameters', value: formatLargeCount(parameters), full: formatCount(parameters) },
            { name: 'MACs per image', value: formatLargeCount(macs), full: formatCount(macs) },
            { name: 'Weights', value: formatBytes(bytes), full: `${formatCount(bytes)} bytes` },
            {
              name: `Memory to train (batch ${trainingMemory.batchSize})`,
              value: `about ${formatBytes(trainingMemory.bytes)}`,
              full: `${formatCount(trainingMemory.bytes)} bytes`,
            },
            { name: 'Input', value: inputOf(model) },
            { name: 'Classes', value: formatCount(model.classNames.length), full: model.classNames.join(', ') },
            { name: 'Trained on', value: model.trainedOn?.name ?? 'not known' },
            ...(model.method ? [{ name: 'Trained by', ...methodInWords(methods, model.method) }] : []),
            { name: 'Layer to prune', value: model.defaultLayer ?? 'none' },
            ...heldZeros(model),
          ]}
        />
        <FitNote model={model} />
        <SamplesNote model={model} />
        <PrunedFrom model={model} />
        <Button onPress={() => goTo('scores')}>Next: score its channels</Button>
      </Panel>
      <Panel title="Classes">
        <Note>{model.classNames.join(', ')}</Note>
      </Panel>
    </>
  );
}

function heldZeros({ weightsHeldAtZero, parameters }: ModelSummary): Fact[] {
  if (!weightsHeldAtZero) return [];
  const inWords = (format: (value: number) => string) =>
    `${format(weightsHeldAtZero)} of ${format(parameters)} weights`;
  return [{ name: 'Held at zero', value: inWords(formatLargeCount), full: inWords(formatCount) }];
}

function inputOf({ imageSize, preprocessing }: ModelSummary): string {
  const isGrey = preprocessing !== undefined && channelCount(preprocessing) === 1;
  return `${imageSize} × ${imageSize} × ${isGrey ? '1, grey' : '3'}`;
}
