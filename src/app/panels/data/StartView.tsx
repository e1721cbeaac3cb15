import type { ReactNode } from 'react';
import { DropZone } from 'react-aria-components';
import { demoPositions } from '../../../dataset/demo/demoBaselines';
import { bounds, rangeOf } from '../../../foundation/bounds';
import { readDropItems } from '../../files/readDropItems';
import { useIsBusy } from '../../hooks/useIsBusy';
import { useLab, useLabActions } from '../../store/LabProvider';
import { Button } from '../../ui/Button';
import { Dial } from '../../ui/Dial';
import { FilePicker } from '../../ui/FilePicker';
import { Note } from '../../ui/Note';
import { NumberInput } from '../../ui/NumberInput';
import styles from './StartView.module.css';
import { StoredDatasets } from './StoredDatasets';

/** The dial stops where a network was trained: the positions are evenly apart. */
const demoStep = 1 / (demoPositions.length - 1);

/** The two ways in: the generated demo, or the user's own images. */
export function StartView({ isMaking, isCompact }: { isMaking: boolean; isCompact: boolean }) {
  const isBusy = useIsBusy();
  if (isCompact) return <OtherImages isBusy={isBusy} />;
  return (
    <>
      <div className={styles.ways}>
        <DemoCard isBusy={isBusy} isMaking={isMaking} />
        <OwnImages isBusy={isBusy} />
      </div>
      <StoredDatasets isBusy={isBusy} />
    </>
  );
}

function DemoCard({ isBusy, isMaking }: { isBusy: boolean; isMaking: boolean }) {
  const demo = useLab(({ settings }) => settings.demo);
  const { changeSettings, loadDemo } = useLabActions();
  return (
    <section className={styles.card} aria-labelledby="demo-title">
      <h3 id="demo-title">Start with the demo</h3>
      <p>
        Drawn skin lesions on light and dark skin, made on this machine in a few seconds, with a small network that was
        trained on them: one for each position of the dial.
      </p>
      <Dial
        label="Bias: how much the skin tone changes contrast and class mix"
        value={demo.bias}
        min={0}
        max={1}
        step={demoStep}
        isDisabled={isBusy}
        onChange={(bias) => changeSettings({ demo: { ...demo, bias } })}
      />
      <NumberInput
        label="Images"
        value={demo.count}
        {...rangeOf(bounds.demoImages)}
        isDisabled={isBusy}
        onChange={(count) => changeSettings({ demo: { ...demo, count } })}
      />
      <NumberInput
        label="Seed"
        {...rangeOf(bounds.seed)}
        value={demo.seed}
        isDisabled={isBusy}
        onChange={(seed) => changeSettings({ demo: { ...demo, seed } })}
      />
      <div className={styles.actions}>
        <Button look="main" isDisabled={isBusy} onPress={() => void loadDemo()}>
          {isMaking ? 'Making the demo …' : 'Use the demo'}
        </Button>
      </div>
    </section>
  );
}

/** A way back to other files, the demo and what is stored while some files are being mapped. */
function OtherImages({ isBusy }: { isBusy: boolean }) {
  const { putFilesAway } = useLabActions();
  return (
    <ImageDrop className={styles.slim} isBusy={isBusy}>
      <span>Not these? Drop others here, or</span>
      <ImagePickers isBusy={isBusy} />
      <Button look="quiet" isDisabled={isBusy} onPress={putFilesAway}>
        Back to the start
      </Button>
    </ImageDrop>
  );
}

function OwnImages({ isBusy }: { isBusy: boolean }) {
  return (
    <ImageDrop className={styles.drop} isBusy={isBusy}>
      <h3>Use your own images</h3>
      <p>
        Drop a folder, a zip, or images with a table (CSV) here. The table names each image, its label and its group;
        the files of known sets are recognised as they are.
      </p>
      <ImagePickers isBusy={isBusy} />
      <Note>Images stay on this machine. Nothing is sent anywhere.</Note>
    </ImageDrop>
  );
}

function ImageDrop({ className, isBusy, children }: { className?: string; isBusy: boolean; children: ReactNode }) {
  const { inspectFiles } = useLabActions();
  return (
    <DropZone
      className={className}
      aria-label="Drop a folder, a zip or files here"
      isDisabled={isBusy}
      onDrop={({ items }) => {
        void readDropItems(items).then((files) => (files.length > 0 ? inspectFiles(files) : undefined));
      }}
    >
      {children}
    </DropZone>
  );
}

function ImagePickers({ isBusy }: { isBusy: boolean }) {
  const { inspectFiles } = useLabActions();
  return (
    <div className={styles.actions}>
      <FilePicker label="Choose a folder" isFolder isDisabled={isBusy} onFiles={(files) => void inspectFiles(files)} />
      <FilePicker label="Choose files or a zip" isDisabled={isBusy} onFiles={(files) => void inspectFiles(files)} />
    </div>
  );
}
