import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import type { MethodChoice } from '../../../model/labModel';
import { fakeModel } from '../../testing/fakeData';
import { fakeMethods } from '../../testing/fakeMethods';
import { MethodForm } from './MethodForm';

afterEach(cleanup);

function open() {
  const chosen: (MethodChoice | null)[] = [null];
  function Page() {
    const [choice, choose] = useState<MethodChoice | null>(null);
    return (
      <MethodForm
        methods={fakeMethods}
        chosen={choice}
        models={[fakeModel('Old net')]}
        isDisabled={false}
        onChange={(next) => {
          chosen.push(next);
          choose(next);
        }}
      />
    );
  }
  render(<Page />);
  return { user: userEvent.setup(), last: () => chosen.at(-1) };
}

async function choose(user: ReturnType<typeof userEvent.setup>, label: RegExp, option: string) {
  await user.click(screen.getByRole('button', { name: label }));
  await user.click(within(screen.getByRole('listbox')).getByRole('option', { name: option }));
}

it('offers every method that the engine has, and says what the chosen one does and differs in', async () => {
  const { user, last } = open();
  expect(screen.getByText('Trains as usual.')).toBeDefined();
  await choose(user, /Method/, 'Made up');
  expect(last()).toEqual({ id: 'made-up', settings: {} });
  expect(screen.getByText(/Does something to the groups\. Prediction needs to know the group/)).toBeDefined();
  await user.click(screen.getByRole('button', { name: /About the method/ }));
  expect(screen.getByText('It is made up.')).toBeDefined();
});

it('makes a form of the settings, with their first values, and keeps what is changed', async () => {
  const { user, last } = open();
  await choose(user, /Method/, 'Made up');
  const weight = screen.getByRole<HTMLInputElement>('textbox', { name: 'Weight w (share)' });
  expect(weight.value).toBe('0.5');
  await user.clear(weight);
  await user.type(weight, '0.25{Enter}');
  expect(last()?.settings).toEqual({ weight: 0.25 });
  await user.click(screen.getByRole('checkbox', { name: 'Hard counts' }));
  expect(last()?.settings).toEqual({ weight: 0.25, hard: true });
});

it('asks for a teacher among the stored models', async () => {
  const { user, last } = open();
  await choose(user, /Method/, 'Made up');
  await choose(user, /Teacher/, 'Old net');
  expect(last()?.teacherId).toBe(fakeModel('Old net').id);
});
