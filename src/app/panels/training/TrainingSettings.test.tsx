import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { labAugmentation, noAugmentation } from '../../../dataset/batches/augmentation/augmentationPresets';
import { defaultFineTune, type TrainSettings } from '../../../training/trainSettings';
import { TrainingSettings } from './TrainingSettings';

afterEach(cleanup);

/** The form with a section opened; `latest` gives the settings as they are now. */
async function openForm(section: RegExp, start: Partial<TrainSettings> = {}) {
  let latest: TrainSettings = { ...defaultFineTune, ...start };
  function Form() {
    const [settings, setSettings] = useState(latest);
    useEffect(() => {
      latest = settings;
    }, [settings]);
    return (
      <TrainingSettings
        settings={settings}
        epochsLabel="Epochs"
        leastEpochs={0}
        isDisabled={false}
        onChange={(change) => setSettings((before) => ({ ...before, ...change }))}
      />
    );
  }
  render(<Form />);
  await userEvent.click(screen.getByRole('button', { name: section }));
  return { latest: () => latest };
}

async function choose(label: RegExp, option: string) {
  await userEvent.click(screen.getByRole('button', { name: label }));
  await userEvent.click(screen.getByRole('option', { name: option }));
}

async function type(label: RegExp, text: string) {
  const field = screen.getByRole('textbox', { name: label });
  await userEvent.clear(field);
  await userEvent.type(field, text);
  await userEvent.tab();
}

describe('the training form', () => {
  it('says in the heads of closed sections what is set in them', () => {
    render(
      <TrainingSettings
        settings={{ ...defaultFineTune, warmUpEpochs: 2, dropout: 0.2, gradientClipping: 1 }}
        epochsLabel="Epochs"
        leastEpochs={0}
        isDisabled={false}
        onChange={() => undefined}
      />,
    );
    const heads = screen.getAllByRole('button').map((button) => button.textContent);
    expect(heads).toEqual([
      '›OptimiserSGD, momentum 0.9 (Nesterov), weight decay 0.00001',
      '›Learning rate schedule× 0.1 every 100 epochs, after 2 epochs of warm-up',
      '›Sampling and regularisationImages class-balanced, dropout 0.2, gradients clipped at 1',
      '›AugmentationLab default',
      '›Early stoppingOff: all epochs are trained',
    ]);
    expect(screen.queryByRole('textbox', { name: 'Momentum' })).toBeNull();
  });

  it('asks for momentum under SGD only, and keeps learning rate and weight decay from one optimiser to the next', async () => {
    const { latest } = await openForm(/^Optimiser/);
    expect(screen.getByLabelText('Momentum')).toBeTruthy();
    await choose(/Optimiser$/, 'AdamW');
    expect(screen.queryByLabelText('Momentum')).toBeNull();
    expect(latest().optimizer).toEqual({ name: 'adamw', learningRate: 2e-4, weightDecay: 1e-5 });
    await choose(/Optimiser$/, 'SGD');
    expect(latest().optimizer).toMatchObject({ name: 'sgd', learningRate: 2e-4, momentum: 0.9, nesterov: true });
  });

  it('asks for the numbers of the chosen schedule', async () => {
    const { latest } = await openForm(/^Learning rate schedule/);
    await choose(/Schedule$/, 'cosine');
    expect(screen.queryByLabelText(/Factor per step/)).toBeNull();
    await type(/Learning rate at the end/, '0.00001');
    await type(/Warm-up/, '1.5');
    expect(latest()).toMatchObject({ schedule: { kind: 'cosine', minLearningRate: 1e-5 }, warmUpEpochs: 1.5 });
  });

  it('offers the samplers, and the norm of clipped gradients once they are clipped', async () => {
    const { latest } = await openForm(/^Sampling/);
    await choose(/Sampler$/, 'class × group');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Clip gradients' }));
    await type(/Largest norm/, '2.5');
    await type(/Label smoothing/, '0.1');
    expect(latest()).toMatchObject({ sampler: 'group-balanced', gradientClipping: 2.5, labelSmoothing: 0.1 });
  });

  it('goes from an augmentation preset to custom with the first change, and back', async () => {
    const { latest } = await openForm(/^Augmentation/, { augmentation: labAugmentation.settings });
    await userEvent.click(screen.getByRole('checkbox', { name: 'Quarter turns' }));
    await type(/Rotation/, '15');
    await type(/Scale/, '20');
    expect(screen.getByRole('button', { name: /^Augmentation/ }).textContent).toContain('Custom');
    expect(latest().augmentation).toEqual({
      ...labAugmentation.settings,
      quarterTurns: false,
      rotationDegrees: 15,
      scaleChangeRatio: 0.2,
    });
    await choose(/Preset$/, 'None');
    expect(latest().augmentation).toEqual(noAugmentation.settings);
    expect(screen.getByText(noAugmentation.description)).toBeTruthy();
  });

  it('leaves a value with more digits than are shown as it is when its field is only passed through', async () => {
    const { latest } = await openForm(/^Augmentation/, { augmentation: labAugmentation.settings });
    await userEvent.click(screen.getByRole('textbox', { name: /^Brightness/ }));
    await userEvent.tab();
    expect(latest().augmentation).toEqual(labAugmentation.settings);
    await type(/^Brightness/, '12.6');
    expect(latest().augmentation.brightness).toBeCloseTo(0.126, 12);
  });

  it('switches early stopping on with a patience, and off again', async () => {
    const { latest } = await openForm(/^Early stopping/);
    await userEvent.click(screen.getByRole('checkbox', { name: /^Stop when/ }));
    await type(/Patience/, '8');
    expect(latest().earlyStopping).toEqual({ patienceEpochs: 8, minDelta: 0 });
    await userEvent.click(screen.getByRole('checkbox', { name: /^Stop when/ }));
    expect(latest().earlyStopping).toBeNull();
  });
});
