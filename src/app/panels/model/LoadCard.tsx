import { useState } from 'react';
import { DropZone } from 'react-aria-components';
import { demoPositions } from '../../../dataset/demo/demoBaselines';
import { defaultDemoSettings } from '../../../dataset/stored/dataset';
import type { LabFile } from '../../../engine/protocol/jobMap';
import { readDropItems } from '../../files/readDropItems';
import { useLab, useLabActions } from '../../store/LabProvider';
import { stageResult } from '../../store/stage';
import { Button } from '../../ui/Button';
import { Choice } from '../../ui/Choice';
import { FilePicker } from '../../ui/FilePicker';
import { Note } from '../../ui/Note';
import card from '../data/StartView.module.css';

const fileTypes = [
  '.zip',
  '.json',
  '.bin',
  '.h5',
  '.hdf5',
  '.txt',
  '.keras',
  '.pth',
  '.pt',
  '.tar',
  '.ckpt',
  '.safetensors',
  '.onnx',
  '.data',
  '.csv',
  '.png',
  '.jpg',
  '.jpeg',
];
const usual = 'usual';
const sizes = [32, 64, 96, 128, 160, 224, 256];

/** Load a network from files, a folder or a drop, or the demo's. */
export function LoadCard({ isBusy }: { isBusy: boolean }) {
  const data = useLab(({ stages }) => stageResult(stages.data));
  const { loadModel } = useLabActions();
  const [chosenSize, setChosenSize] = useState<string | null>(null);
  const size = chosenSize ?? (data ? String(data.imageSize) : usual);
  const load = (files: LabFile[]) => {
    const options = size === usual ? undefined : { imageSize: Number(size) };
    void loadModel({ source: { kind: 'files', files }, options });
  };
  const sizeOptions = [
    { value: usual, label: 'asked for' },
    ...[...new Set([...sizes, ...(data ? [data.imageSize] : [])])]
      .toSorted((a, b) => a - b)
      .map((side) => ({ value: String(side), label: `${side} px${side === data?.imageSize ? ', as the data' : ''}` })),
  ];
  return (
    <DropZone
      className={card.card}
      aria-label="Drop model files or a folder here"
      isDisabled={isBusy}
      onDrop={({ items }) => {
        void readDropItems(items).then((files) => (files.length > 0 ? load(files) : undefined));
      }}
    >
      <h3>Load a network</h3>
      <p>
        A TensorFlow.js layers model (zip, folder, or model.json with its .bin files), Keras (.keras, .h5),
        convolutional networks as ONNX (.onnx), or weights from PyTorch (.pth, .pt, .safetensors) of a CNN of one path,
        a VGG or a ResNet of basic blocks; what they do not say is asked. A report says what was found. Nothing in a
        file is ever run. Images with a CSV of expected class scores beside the model are run and compared.
      </p>
      <Choice
        label="Image size, where the file does not say it (PyTorch, ONNX)"
        value={size}
        options={sizeOptions}
        isDisabled={isBusy}
        onChange={setChosenSize}
      />
      <div className={card.actions}>
        <FilePicker label="Choose model files" accept={fileTypes} isDisabled={isBusy} onFiles={load} />
        <FilePicker label="Choose a model’s folder" isFolder isDisabled={isBusy} onFiles={load} />
      </div>
      <DemoBaseline isBusy={isBusy} />
    </DropZone>
  );
}

/** The network that was trained on the demo as it is open; beside other data, the one of the demo's first settings. */
function DemoBaseline({ isBusy }: { isBusy: boolean }) {
  const source = useLab(({ stages }) => stageResult(stages.data)?.source);
  const { loadModel } = useLabActions();
  const isDemo = source?.kind === 'demo';
  const bias = isDemo ? source.settings.bias : defaultDemoSettings.bias;
  if (!demoPositions.includes(bias)) {
    return (
      <Note>
        No network was trained on the demo at bias {bias}, only at {demoPositions.join(', ')}: train one here, or make
        the demo at one of these.
      </Note>
    );
  }
  return (
    <>
      <p>The demo comes with a network for each position of its dial, trained on the demo at that bias.</p>
      <div className={card.actions}>
        <Button isDisabled={isBusy} onPress={() => void loadModel({ source: { kind: 'demo-baseline', bias } })}>
          Load the demo’s network for bias {bias}
        </Button>
      </div>
      {isDemo ? null : <Note>It knows the demo’s classes only: use it with the demo data.</Note>}
    </>
  );
}
