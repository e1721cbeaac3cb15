import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { defaultDemoSettings } from '../../../dataset/stored/dataset';
import { datasetId } from '../../../foundation/ids';
import type { ModelSummary } from '../../../model/modelSummary';
import { App } from '../../App';
import { createLabStore } from '../../store/createLabStore';
import type { StepName } from '../../store/labState';
import { fakeDataset, fakeModel } from '../../testing/fakeData';
import { createFakeEngine } from '../../testing/fakeEngine';
import { loadStepPanels } from '../stepPanels';

beforeAll(loadStepPanels);
afterEach(cleanup);

async function open(step: StepName, model: ModelSummary, bias = 1) {
  const dataset = fakeDataset({ ...defaultDemoSettings, bias });
  const store = createLabStore(createFakeEngine({ stepMs: 1, inventory: { datasets: [dataset] } }));
  const { actions } = store.getState();
  await actions.openDataset(dataset.id);
  actions.openModel(model);
  actions.goTo(step);
  render(<App store={store} />);
  await waitFor(() => expect(store.getState().environment).not.toBeNull());
  return { user: userEvent.setup(), store };
}

const fits = fakeModel();
const otherSize = { ...fits, imageSize: 32 };
const fewerClasses = { ...fits, classNames: ['naevus', 'melanoma'] };
const trainedElsewhere = {
  ...fits,
  trainedOn: { datasetId: datasetId('d0'), name: 'Demo lesions, bias 0', trainSplitHash: 't0' },
};

it('a pair of different image sizes can neither be scored nor pruned, and both steps say why', async () => {
  const { store } = await open('scores', otherSize);
  expect(screen.getByRole('button', { name: 'Score channels' }).hasAttribute('disabled')).toBe(true);
  expect(screen.getByText(/images are 64 × 64 pixels, the model takes 32 × 32/)).toBeDefined();
  store.getState().actions.goTo('prune');
  const run = await screen.findByRole('button', { name: /^Prune \d+ channels and fine-tune/ });
  expect(run.hasAttribute('disabled')).toBe(true);
  expect(screen.getByText(/images are 64 × 64 pixels, the model takes 32 × 32/)).toBeDefined();
});

it('a pair of different numbers of classes can be scored but not run', async () => {
  const { store } = await open('scores', fewerClasses);
  expect(screen.getByRole('button', { name: 'Score channels' }).hasAttribute('disabled')).toBe(false);
  store.getState().actions.goTo('prune');
  const run = await screen.findByRole('button', { name: /^Prune \d+ channels and fine-tune/ });
  expect(run.hasAttribute('disabled')).toBe(true);
  expect(screen.getByText(/^The dataset has 6 classes .* the model 2 \(naevus, melanoma\)\.$/)).toBeDefined();
});

it('the button beside a pair that does not fit loads the network of the dial’s position', async () => {
  const { user, store } = await open('prune', otherSize, 0.75);
  await user.click(screen.getByRole('button', { name: 'Load the network for bias 0.75' }));
  await waitFor(() =>
    expect(screen.getByRole('button', { name: /^Prune \d+ channels/ }).hasAttribute('disabled')).toBe(false),
  );
  expect(store.getState().stages.model).toMatchObject({ status: 'done', result: { imageSize: 64 } });
});

it('a model from other data says so in the header and in the steps, and can still be used', async () => {
  await open('scores', trainedElsewhere);
  expect(screen.getByText('trained on other data')).toBeDefined();
  expect(screen.getByText(/was trained on “Demo lesions, bias 0”, not on these data/)).toBeDefined();
  expect(screen.getByRole('button', { name: 'Score channels' }).hasAttribute('disabled')).toBe(false);
});

it('nothing is said of a model that was trained on the data', async () => {
  await open('scores', fits);
  expect(screen.queryByText('trained on other data')).toBeNull();
  expect(screen.queryByRole('button', { name: /Load the network/ })).toBeNull();
});
