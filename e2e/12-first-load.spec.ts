import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { test as base } from '@playwright/test';
import { expect, goToStep, test } from './labPage';

/** What the page may weigh before it is drawn, gzip, in bytes: HTML, scripts and styles. */
const mostBytes = 250_000;
const steps = ['Model', 'Scores', 'Prune', 'Results', 'Compare', 'Export', 'Data'];
/** A name of tfjs that no minifier changes. */
const tfjs = /registerBackend/;

test('the first load is light, and holds neither tfjs nor figures', async ({ page }) => {
  const html = await (await page.request.get('/')).text();
  const paths = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
  const files = await Promise.all(paths.map(async (path) => (await page.request.get(path)).text()));
  const bytes = [html, ...files].map((text) => gzipSync(text).length).reduce((sum, size) => sum + size, 0);
  console.log(`first load: ${(bytes / 1000).toFixed(1)} kB gzip of ${files.length + 1} files`);
  expect(bytes).toBeLessThanOrEqual(mostBytes);
  expect(files.filter((text) => tfjs.test(text) || text.includes('recharts'))).toEqual([]);
  const built = readdirSync('dist/assets').map((name) => readFileSync(`dist/assets/${name}`, 'utf8'));
  expect(built.filter((text) => tfjs.test(text)).length).toBeGreaterThan(0);
  expect(built.filter((text) => text.includes('recharts')).length).toBeGreaterThan(0);
});

test('known vectors are in a file of their own, and nothing made up for tests is built', () => {
  const holding = (text: string) =>
    readdirSync('dist/assets').filter((name) => readFileSync(`dist/assets/${name}`, 'utf8').includes(text));
  expect(holding('fairness_metrics.json')).toEqual([expect.stringMatching(/^verifyVectors-/)]);
  expect(holding('fake-snnl')).toEqual([]);
});

test('every step opens without the server once the page has been idle', async ({ page, context }) => {
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  for (const step of steps) {
    await goToStep(page, step);
    await expect(page.getByRole('main')).toContainText(/\S/);
    await expect(page.getByText(/part-not-loaded|Loading this step/)).toHaveCount(0);
  }
});

base('a step that does not load says so, and is loaded when it is tried again', async ({ page }) => {
  await page.route(/ScoresPanel-.*\.js/, (route) => route.abort());
  await page.goto('/');
  await goToStep(page, 'Scores');
  await expect(page.getByText('part-not-loaded')).toBeVisible();
  await page.unroute(/ScoresPanel-.*\.js/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('No scores yet.')).toBeVisible();
});
