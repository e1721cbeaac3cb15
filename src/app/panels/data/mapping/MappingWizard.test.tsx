import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useEffect, useState } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { defaultSplitSettings } from '../../../../dataset/split/splitSettings';
import type { FormatSummary } from '../../../../dataset/suggest/filesSummary';
import { createLabStore } from '../../../store/createLabStore';
import { LabProvider } from '../../../store/LabProvider';
import { createFakeEngine } from '../../../testing/fakeEngine';
import { fakeSummary } from '../../../testing/fakeFiles';
import { MappingWizard } from './MappingWizard';
import type { MappingDraft } from './mappingDraft';

afterEach(cleanup);

const summary = fakeSummary([]);
const known: FormatSummary = {
  name: 'A known set',
  notes: [],
  confirm: null,
  labels: [{ title: 'two diagnoses', columns: ['patient'], merge: { '-1': 'healthy' } }],
  groups: [
    {
      title: 'skin type',
      annotator: 'the first clinic',
      column: 'fitzpatrick',
      rule: { kind: 'values', group0: ['5', '6'], group1: ['1', '2'] },
      names: ['very dark', 'very light'],
    },
  ],
};

/** The wizard on made-up files; `draft` gives the mapping as it is now. */
async function open(format: FormatSummary | null = null) {
  let latest: MappingDraft = { ...summary.suggestion!, split: defaultSplitSettings };
  const onDone = vi.fn();
  function Host() {
    const [draft, setDraft] = useState(latest);
    useEffect(() => {
      latest = draft;
    }, [draft]);
    return (
      <MappingWizard
        tables={summary.tables}
        source={{ kind: 'inspected', join: draft.join }}
        format={format}
        draft={draft}
        onChange={setDraft}
        fields={null}
        action="Import 1,800 images"
        onDone={onDone}
      />
    );
  }
  render(
    <LabProvider store={createLabStore(createFakeEngine({ stepMs: 0 }))}>
      <Host />
    </LabProvider>,
  );
  await screen.findByRole('region', { name: 'Images by class and group' });
  return { draft: () => latest, onDone };
}

async function choose(label: RegExp, option: string) {
  await userEvent.click(screen.getByRole('button', { name: label }));
  await userEvent.click(screen.getByRole('option', { name: option }));
}

describe('the mapping wizard', () => {
  it('shows what becomes of every row and image, and how many are of unknown group, before anything is imported', async () => {
    await open();
    expect(screen.getByText(/of 1,800 used, 50 of unknown group/)).toBeTruthy();
    expect(screen.getByText('Unknown group').parentElement?.textContent).toContain('50 images');
    expect(screen.getByRole('rowheader', { name: 'melanoma' }).parentElement?.textContent).toBe('melanoma350700');
  });

  it('offers what is known of a set: label, attribute and annotator with their coding', async () => {
    const { draft } = await open(known);
    await choose(/Group column/, 'skin type, by the first clinic');
    expect(draft().mapping.group).toMatchObject({
      column: 'fitzpatrick',
      rule: { group0: ['5', '6'], group1: ['1', '2'] },
      names: ['very dark', 'very light'],
    });
    await userEvent.click(screen.getByRole('button', { name: /^›?Classes/ }));
    await choose(/Label column/, 'two diagnoses');
    expect(draft().mapping.label).toMatchObject({ columns: ['patient'], merge: { '-1': 'healthy' } });
  });

  it('merges labels that get one name, leaves out a label without one, and forgets a name that is the label', async () => {
    const { draft } = await open();
    await userEvent.click(screen.getByRole('button', { name: /^›?Classes/ }));
    const field = screen.getByRole('textbox', { name: 'Class of naevus' });
    await userEvent.clear(field);
    expect(draft().mapping.label.merge).toEqual({ naevus: null });
    await userEvent.type(field, 'mole');
    expect(draft().mapping.label.merge).toEqual({ naevus: 'mole' });
    await userEvent.clear(field);
    await userEvent.type(field, 'naevus');
    expect(draft().mapping.label.merge).toEqual({});
  });

  it('cuts a column of numbers, with either group above, and groups called after the cut change sides with it', async () => {
    const { draft } = await open();
    await userEvent.click(screen.getByRole('radio', { name: 'By a cut' }));
    expect(draft().mapping.group.rule).toEqual({ kind: 'cut', from: 4, above: 0 });
    // Values 4, 5 and 6 come 250, 200 and 150 times in the made-up column; 1, 2 and 3 400, 350 and 300 times.
    expect(screen.getByText(/600 images from 4 upwards, 1,050 below/)).toBeTruthy();
    await userEvent.click(screen.getByRole('radio', { name: 'By value' }));
    await choose(/Group column/, 'patient');
    await choose(/Group column/, 'fitzpatrick');
    expect(draft().mapping.group.names).toEqual(['4, 5, 6', '1, 2, 3']);
    await userEvent.click(screen.getByRole('radio', { name: 'By a cut' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Group 1 is above' }));
    expect(draft().mapping.group).toMatchObject({
      rule: { kind: 'cut', from: 4, above: 1 },
      names: ['fitzpatrick < 4', 'fitzpatrick ≥ 4'],
    });
  });

  it('says what becomes of unknown groups in the words of the groups', async () => {
    const { draft } = await open();
    await choose(/Images of unknown group/, 'count as dark skin');
    expect(draft().mapping.group.missing).toBe('group-0');
  });

  it('does not import before what only the user can vouch for is ticked', async () => {
    const { onDone } = await open({ ...known, confirm: 'I know what the codes stand for.' });
    const button = screen.getByRole('button', { name: 'Import 1,800 images' });
    expect(button.hasAttribute('disabled')).toBe(true);
    expect(screen.getByText('Tick what only you can vouch for.')).toBeTruthy();
    await userEvent.click(screen.getByRole('checkbox', { name: 'I know what the codes stand for.' }));
    await userEvent.click(button);
    expect(onDone).toHaveBeenCalledOnce();
  });
});
