import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { bounds } from '../../foundation/bounds';
import {
  choiceSetting,
  describeSettings,
  initialSettings,
  numberSetting,
  requiredNumberOrWord,
} from '../../foundation/setting';
import { SettingFields } from './SettingFields';

afterEach(cleanup);

const schema = z.strictObject({
  share: numberSetting(bounds.share, 0.07, {
    label: 'Share',
    meaning: 'Of the channels.',
    unit: 'share',
    shown: { factor: 100, unit: '%' },
    decimals: 1,
  }),
  mode: choiceSetting(
    { cut: { label: 'cut', meaning: 'The channel goes.' }, mask: { label: 'mask', meaning: 'The channel stays.' } },
    'cut',
    { label: 'Mode', meaning: 'What becomes of it.' },
  ),
  temperature: requiredNumberOrWord('auto', bounds.temperature, 'auto', {
    label: 'Temperature',
    meaning: 'Divides the distances.',
    start: 1,
    choice: { label: 'From the data', on: 'word' },
  }),
});

function openForm() {
  const changes: unknown[] = [];
  function Form() {
    const [values, setValues] = useState(initialSettings(schema));
    return (
      <SettingFields
        fields={describeSettings(schema)}
        values={values}
        onChange={(changed) => {
          changes.push(changed);
          setValues(changed);
        }}
      />
    );
  }
  render(<Form />);
  return { latest: () => changes.at(-1) };
}

async function type(label: string, text: string) {
  const field = screen.getByRole('textbox', { name: label });
  await userEvent.clear(field);
  await userEvent.type(field, text);
  await userEvent.tab();
}

describe('a form from a schema', () => {
  it('shows a share as a percentage and hands back the share', async () => {
    const { latest } = openForm();
    expect(screen.getByRole('textbox', { name: 'Share (%)' })).toHaveProperty('value', '7');
    await type('Share (%)', '12.5');
    expect(latest()).toMatchObject({ share: 0.125 });
  });

  it('says what the chosen word does', async () => {
    openForm();
    expect(screen.getByText('The channel goes.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /Mode$/ }));
    await userEvent.click(screen.getByRole('option', { name: 'mask' }));
    expect(screen.getByText('The channel stays.')).toBeTruthy();
  });

  it('asks for a number once the word in its place is switched off', async () => {
    const { latest } = openForm();
    expect(screen.queryByRole('textbox', { name: 'Temperature' })).toBeNull();
    await userEvent.click(screen.getByRole('checkbox', { name: 'From the data' }));
    expect(latest()).toMatchObject({ temperature: 1 });
    await type('Temperature', '0.5');
    expect(latest()).toMatchObject({ temperature: 0.5 });
    await userEvent.click(screen.getByRole('checkbox', { name: 'From the data' }));
    expect(latest()).toMatchObject({ temperature: 'auto' });
  });
});
