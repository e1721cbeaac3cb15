import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { parseRunRecord } from '../src/recipe/parseRunRecord';
import type { RunRecord } from '../src/recipe/runRecord';
import { expect, goToStep, listenForComplaints, test } from './labPage';

const imageCount = 300;
const rounds = 2;
const epochs = 4;

async function fill(page: Page, name: string, value: number): Promise<void> {
  await page.getByRole('textbox', { name }).fill(String(value));
  await page.getByRole('textbox', { name }).blur();
}

async function useDemo(page: Page): Promise<void> {
  await fill(page, 'Images', imageCount);
  await page.getByRole('button', { name: 'Use the demo' }).click();
  await expect(page.getByText(/300 images/).first()).toBeVisible({ timeout: 60_000 });
}

async function startRun(page: Page): Promise<void> {
  await goToStep(page, 'Prune');
  await fill(page, 'Rounds', rounds);
  await fill(page, 'Epochs per round', epochs);
  await page.getByRole('button', { name: /^Prune \d+ channels? and fine-tune/ }).click({ timeout: 60_000 });
}

/** The record of the run that is shown, once it has ended. */
async function finishedRecord(page: Page): Promise<RunRecord> {
  await page.getByRole('button', { name: 'Next: the results' }).click({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Next: export' }).click();
  const download = page.waitForEvent('download');
  await page
    .getByRole('button', { name: /run record/i })
    .first()
    .click();
  return parseRunRecord(await readFile(await (await download).path(), 'utf8'));
}

const times = new Set(['createdAt', 'updatedAt', 'elapsedMs']);

/** What a run computed: without its id, which is in its models' ids too, and without times. */
function outcome(record: RunRecord) {
  const timeless = JSON.stringify(record, (key, value: unknown) => {
    if (times.has(key)) return null;
    // Says how long the self-test took.
    return key === 'reason' ? String(value).replace(/\d+\.\d s/, '0 s') : value;
  });
  return JSON.parse(timeless.replaceAll(record.id, 'run'));
}

async function expectRefused(page: Page, what: string): Promise<void> {
  const alert = page.getByRole('alert').filter({ hasText: 'in-use' });
  await expect(alert).toContainText(new RegExp(`The ${what} .* is in use by another tab or job of the lab`));
  await alert.getByRole('button', { name: 'Dismiss' }).click();
}

test('a second tab watches the run of the first, is refused to delete what it uses, and goes on when that is closed', async ({
  page: first,
  context,
}) => {
  await first.goto('/');
  const second = await context.newPage();
  const complaints = listenForComplaints(second);
  await second.goto('/');
  await useDemo(first);
  const datasets = second.getByRole('table', { name: 'Stored on this machine' });
  await expect(datasets.getByRole('rowheader')).toHaveCount(1, { timeout: 30_000 });
  await startRun(first);

  const job = second.getByRole('contentinfo', { name: 'Job' });
  await expect(job).toContainText('In another tab', { timeout: 60_000 });
  await expect(job.getByRole('button')).toHaveCount(0);
  await datasets.getByRole('button', { name: /^Delete / }).click();
  await expectRefused(second, 'dataset');
  await goToStep(second, 'Model');
  await second
    .getByRole('button', { name: /^Delete / })
    .first()
    .click();
  await expectRefused(second, 'model');
  await goToStep(second, 'Data');
  await datasets.getByRole('button', { name: /^Open / }).click();
  await expect(second.getByRole('button', { name: /^demo-|^image|, / }).first()).toBeVisible({ timeout: 30_000 });

  await goToStep(second, 'Prune');
  await second.getByRole('button', { name: /^Watch the run of/ }).click({ timeout: 60_000 });
  await expect(second.getByRole('button', { name: /^Resume the run/ })).toHaveCount(0);
  await expect(second.getByText(/SNNL-Fair 1 of 2 rounds/)).toBeVisible({ timeout: 60_000 });
  await goToStep(second, 'Compare');
  await second
    .getByRole('button', { name: /^Delete/ })
    .first()
    .click();
  await expectRefused(second, 'run');

  await first.close();
  await goToStep(second, 'Prune');
  await second.getByRole('button', { name: /^Resume the run/ }).click({ timeout: 10_000 });
  const resumed = await finishedRecord(second);

  await second.reload();
  await useDemo(second);
  await startRun(second);
  const undisturbed = await finishedRecord(second);
  expect(undisturbed.id).not.toBe(resumed.id);
  expect(outcome(resumed)).toEqual(outcome(undisturbed));
  expect(complaints).toEqual([]);
});
