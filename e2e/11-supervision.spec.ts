import type { Page, Worker } from '@playwright/test';
import { servePage } from '../scripts/servePage.mjs';
import { expect, goToStep, test } from './labPage';

/** The worker that computes; ends it as a browser does that wants its memory: without an event. */
async function endWorker(page: Page): Promise<void> {
  const [worker] = page.workers();
  if (!worker) throw new Error('The page has no worker.');
  const ended = new Promise<Worker>((resolve) => worker.on('close', resolve));
  await worker.evaluate(() => self.close()).catch(() => undefined);
  await ended;
}

test('a worker that ends without a word in a run is named, another takes its place, and the run is offered', async ({
  page,
}) => {
  await page.goto('/');
  await page.getByRole('textbox', { name: 'Images' }).fill('300');
  await page.getByRole('textbox', { name: 'Images' }).blur();
  await page.getByRole('button', { name: 'Use the demo' }).click();
  await expect(page.getByText(/300 images/).first()).toBeVisible({ timeout: 60_000 });
  await goToStep(page, 'Prune');
  await page.getByRole('button', { name: /^Prune \d+ channels? and fine-tune/ }).click({ timeout: 60_000 });
  await expect(page.getByText(/round 2 of/i).first()).toBeVisible({ timeout: 120_000 });
  await endWorker(page);
  await expect(page.getByText('worker-crashed').first()).toBeVisible();
  await expect(page.getByText(/ended without a word\. A new worker has been started\./).first()).toBeVisible();
  await expect(page.getByText('No job is running.')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: /^Resume the run/ }).click({ timeout: 60_000 });
  await expect(page.getByText(/round 2 of/i).first()).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Cancel run' }).click();
});

test('a worker that ends before it computes anything is replaced, and the page works', async ({ page }) => {
  await page.goto('/');
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: /^Backend: WASM/ })).toBeVisible({ timeout: 60_000 });
  await endWorker(page);
  await expect(page.getByText('worker-crashed')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Backend: WASM/ })).toBeVisible({ timeout: 60_000 });
});

test('once the server has gone, what needs it says so by name, and works again when it is back', async ({
  browser,
}) => {
  const port = 4391;
  let server = await servePage({ port });
  const page = await browser.newPage();
  try {
    await page.goto(server.origin);
    await expect(page.getByRole('button', { name: /^Backend: WASM/ })).toBeVisible({ timeout: 60_000 });
    await server.close();
    await page.getByRole('textbox', { name: 'Images' }).fill('300');
    await page.getByRole('textbox', { name: 'Images' }).blur();
    await page.getByRole('button', { name: 'Use the demo' }).click();
    await goToStep(page, 'Model');
    await expect(page.getByText('server-unreachable')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/does not answer: baseline-1\.zip could not be read/)).toBeVisible();

    await endWorker(page);
    await expect(page.getByRole('button', { name: 'Start a new worker' })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('button', { name: 'Backend: No engine' })).toBeVisible();
    server = await servePage({ port });
    await page.getByRole('button', { name: 'Start a new worker' }).click();
    await expect(page.getByRole('button', { name: /^Backend: WASM/ })).toBeVisible({ timeout: 60_000 });
  } finally {
    await page.close();
    await server.close();
  }
});
