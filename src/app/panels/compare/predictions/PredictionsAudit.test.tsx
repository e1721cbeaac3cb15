import { cleanup, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it } from 'vitest';
import { createLabStore } from '../../../store/createLabStore';
import { LabProvider } from '../../../store/LabProvider';
import { createFakeEngine } from '../../../testing/fakeEngine';
import { PredictionsAudit } from './PredictionsAudit';
import { PredictionsInspector } from './PredictionsInspector';

afterEach(cleanup);

const csv = 'image,label,pred,skin,sex,patient\na.png,0,0,dark,f,p1\nb.png,1,1,light,m,p2\n';

function open() {
  const store = createLabStore(createFakeEngine({ stepMs: 1 }));
  render(
    <LabProvider store={store}>
      <PredictionsAudit />
      <PredictionsInspector />
    </LabProvider>,
  );
  return { store, user: userEvent.setup() };
}

it('guesses what the columns hold, and leaves the rest to the user', async () => {
  const { store } = open();
  await store.getState().actions.choosePredictions('model', new File([csv], 'mine.csv'));
  expect(store.getState().settings.audit).toMatchObject({
    fileName: 'mine.csv',
    label: 'label',
    prediction: 'pred',
    attributes: ['skin'],
    cluster: 'patient',
  });
});

it('shows the figures of the audit, names what was left out, and offers another attribute', async () => {
  const { store, user } = open();
  await store.getState().actions.choosePredictions('model', new File([csv], 'mine.csv'));
  const { audit } = store.getState().settings;
  store.getState().actions.changeSettings({ audit: { ...audit!, attributes: ['skin', 'sex'] } });
  await user.click(await screen.findByRole('button', { name: 'Audit' }));
  await waitFor(() => expect(screen.getByRole('radio', { name: 'Gaps' })).toBeDefined(), { timeout: 5000 });
  expect(screen.getByText('2 rows left out: no value of a sensitive attribute.')).toBeDefined();
  expect(screen.getByText('Left out, with fewer than 20 samples: unknown (4).')).toBeDefined();
  // The made-up analysis has neither scores nor a baseline.
  expect(screen.queryByRole('radio', { name: 'Calibration' })).toBeNull();
  expect(screen.queryByRole('radio', { name: 'Levelling' })).toBeNull();
  await user.click(screen.getByRole('radio', { name: 'sex' }));
  await user.click(screen.getByRole('radio', { name: 'Tables' }));
  expect(screen.getByRole('region', { name: 'Tables of the analysis' }).textContent).toContain('Demographic parity');
});

it('puts the questions that a file leaves open, and audits with the answers alone', async () => {
  const questions = [
    {
      key: 'class:mell',
      question: 'The class "mell" is predicted. What is it?',
      choices: [
        { value: 'class=mel', label: 'It is "mel"' },
        { value: 'accept', label: 'It is a class of its own' },
      ],
    },
  ];
  const { store, user } = open();
  await store.getState().actions.choosePredictions('model', new File([csv], 'mine.csv'));
  const error = {
    code: 'needs-answers' as const,
    message: 'Say it.',
    hint: 'Say it.',
    details: { file: 'mine.csv' },
    questions,
  };
  store.setState(({ stages }) => ({ stages: { ...stages, audit: { status: 'failed', error, previous: null } } }));
  const form = await screen.findByRole('region', { name: 'Questions about mine.csv' });
  const button = within(form).getByRole('button', { name: 'Audit with these answers' });
  expect(button.hasAttribute('disabled')).toBe(true);
  await user.click(within(form).getByRole('radio', { name: 'It is "mel"' }));
  await user.click(button);
  expect(store.getState().settings.audit?.answers).toEqual({ 'class:mell': 'class=mel' });
  await waitFor(() => expect(screen.getByRole('region', { name: 'How the file was read' })).toBeDefined(), {
    timeout: 5000,
  });
});

it('a file that is no table is refused by name, and what was chosen before stays', async () => {
  const { store } = open();
  await store.getState().actions.choosePredictions('model', new File([csv], 'mine.csv'));
  await store.getState().actions.choosePredictions('model', new File(['hello'], 'note.txt'));
  expect(store.getState().alert).toMatchObject({ code: 'table-unreadable' });
  expect(store.getState().settings.audit?.fileName).toBe('mine.csv');
});
