import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, expect, it } from 'vitest';
import type { ModelSummary } from '../../../model/modelSummary';
import { App } from '../../App';
import { createLabStore } from '../../store/createLabStore';
import { fakeDataset, fakeModel } from '../../testing/fakeData';
import { createFakeEngine } from '../../testing/fakeEngine';
import { loadStepPanels } from '../stepPanels';

beforeAll(loadStepPanels);
afterEach(cleanup);

async function open(model: ModelSummary | null) {
  const store = createLabStore(createFakeEngine({ stepMs: 1, inventory: { models: model ? [model] : [] } }));
  const { actions } = store.getState();
  await actions.openDataset(fakeDataset().id);
  if (model) actions.openModel(model);
  actions.goTo('model');
  render(<App store={store} />);
  await waitFor(() => expect(store.getState().environment).not.toBeNull());
  return { user: userEvent.setup(), store };
}

const foreign: ModelSummary = {
  ...fakeModel('Keras net'),
  preprocessing: { imageSize: 64, mean: [0, 0, 0], std: [1, 1, 1] },
  notes: ['The classes are numbered.'],
  importReport: {
    format: 'Keras 3 archive (.keras)',
    found: 'A network of 7 layers.',
    lines: [
      { layer: 'conv1', status: 'mapped', detail: 'from layers/conv2d/vars' },
      { layer: 'conv2', status: 'repaired', detail: 'its ReLU is a layer of its own now' },
      { layer: 'ema', status: 'unused', detail: 'no layer has it' },
    ],
  },
};

it('tells layer by layer what became of a foreign file, and what was assumed', async () => {
  await open(foreign);
  const rows = within(screen.getByRole('region', { name: 'Import report' }))
    .getAllByRole('row')
    .slice(1);
  expect(rows.map(({ textContent }) => textContent)).toEqual([
    'conv1taken as it isfrom layers/conv2d/vars',
    'conv2repairedits ReLU is a layer of its own now',
    'emanot usedno layer has it',
  ]);
  expect(screen.getByText('The classes are numbered.')).toBeDefined();
});

it('says what black and white pixels become, and stores preprocessing and class names only when they are changed', async () => {
  const { user, store } = await open(foreign);
  await user.click(screen.getByRole('radio', { name: 'Input & classes' }));
  const save = screen.getByRole<HTMLButtonElement>('button', { name: 'Save' });
  expect(save.disabled).toBe(true);
  expect(screen.getByText(/A black pixel goes in as \(0, 0, 0\), a white one as \(1, 1, 1\)\./)).toBeDefined();
  await user.click(screen.getByRole('button', { name: /Pixels go in as/ }));
  await user.click(screen.getByRole('option', { name: '−1 … 1' }));
  expect(screen.getByText(/A black pixel goes in as \(−1, −1, −1\)/)).toBeDefined();
  const classes = screen.getByRole('textbox', { name: /^Classes/ });
  await user.clear(classes);
  await user.type(classes, 'a{enter}b{enter}c{enter}d{enter}e');
  expect(screen.getByText('The network has 6 outputs; there are 5 lines.')).toBeDefined();
  expect(save.disabled).toBe(true);
  await user.type(classes, '{enter}a');
  expect(screen.getByText('Two classes are called “a”.')).toBeDefined();
  await user.click(screen.getByRole('button', { name: 'Take the names of the data’s classes' }));
  await user.click(save);
  await waitFor(() =>
    expect(store.getState().stages.model).toMatchObject({
      status: 'done',
      result: { preprocessing: { mean: [0.5, 0.5, 0.5] }, classNames: fakeDataset().classNames },
    }),
  );
  // The form stays in view.
  expect(screen.getByRole('form', { name: 'Input and classes' })).toBeDefined();
});

it('offers the dense head of VGG alone, and tells parameters and memory before the training', async () => {
  const { user } = await open(null);
  expect(screen.queryByRole('button', { name: /Head/ })).toBeNull();
  await user.click(screen.getByRole('button', { name: /Architecture/ }));
  await user.click(screen.getByRole('option', { name: 'VGG-11' }));
  // 9,220,480 of the convolutions and 513 × 6 of the head.
  expect(screen.getByTitle('9,223,558')).toBeDefined();
  await user.click(screen.getByRole('button', { name: /Head/ }));
  await user.click(screen.getByRole('option', { name: /dense/ }));
  // 64-pixel images leave 2 × 2 maps: 2049 × 4096 + 4097 × 4096 + 4097 × 6 instead of 513 × 6.
  expect(screen.getByTitle('34,419,078')).toBeDefined();
  expect(screen.getByText(/^Training in batches of \d+ needs about \d+ MiB/)).toBeDefined();
});

it('edits a network of one’s own by the keyboard, says what does not fit, and trains it', async () => {
  const { user, store } = await open(null);
  await user.click(screen.getByRole('button', { name: /Architecture/ }));
  await user.click(screen.getByRole('option', { name: 'Your own' }));
  const editor = within(screen.getByRole('region', { name: 'Your own network' }));
  const steps = within(editor.getByRole('listbox', { name: 'Steps of the network' }));
  expect(steps.getAllByRole('option')).toHaveLength(9);
  // The small CNN's 98,384 parameters before its head, and 129 × 6 of the head.
  expect(screen.getByTitle('99,158')).toBeDefined();

  act(() => steps.getAllByRole('option')[0]!.focus());
  await user.keyboard('{ArrowDown}{Enter}');
  expect(editor.getByRole('group', { name: 'Step 2' })).toBeDefined();
  const size = editor.getByRole('textbox', { name: 'Size' });
  await user.clear(size);
  await user.type(size, '64{Tab}');
  expect(editor.getByRole('status').textContent).toMatch(
    /^Step 4: the maps are 1×1 here, too small for a pooling of 2\./,
  );
  expect(steps.getAllByRole('option')[3]!.textContent).toContain('–');

  await user.click(editor.getByRole('button', { name: 'Remove' }));
  expect(editor.getByRole('status').textContent).toBe('');
  expect(steps.getAllByRole('option')).toHaveLength(8);
  await user.click(editor.getByRole('button', { name: 'Add a step behind' }));
  await user.click(editor.getByRole('button', { name: /Activation/ }));
  await user.click(screen.getByRole('option', { name: 'leaky ReLU' }));
  const { plan } = store.getState().settings.architecture;
  expect(plan[1]).toMatchObject({ kind: 'convolution', filters: 8, activation: { name: 'leaky-relu', slope: 0.01 } });
  await user.click(screen.getByRole('button', { name: /^Train for/ }));
  await waitFor(() => expect(store.getState().stages.model.status).toBe('done'), { timeout: 20_000 });
});

it('says beforehand where model and data do not fit together', async () => {
  await open({ ...fakeModel(), imageSize: 224, classNames: ['a', 'b'] });
  expect(screen.getByText(/images are 64 × 64 pixels, the model takes 224 × 224/)).toBeDefined();
  expect(screen.getByText(/The dataset has 6 classes .* the model 2/)).toBeDefined();
  cleanup();
  await open(fakeModel());
  expect(screen.queryByText(/the model takes/)).toBeNull();
});

it('says how many weights masks hold at zero, of how many', async () => {
  await open({ ...fakeModel(), weightsHeldAtZero: 32_908 });
  expect(screen.getByText('Held at zero').nextElementSibling?.textContent).toMatch(/^32\.9.* of 94.* weights$/);
  expect(screen.getByTitle('32,908 of 94,022 weights')).toBeDefined();
});
