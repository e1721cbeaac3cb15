// npm run bench:import: imports a made-up set as large as a real one through the page and in Node, and says how fast and how large.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright';
import { chromiumLaunchOptions } from '../../../scripts/chromium.mjs';
import { ensureBuilt } from '../../../scripts/ensureBuilt.mjs';
import { servePage } from '../../../scripts/servePage.mjs';
import { decodeAlone } from './decodeAlone';
import { drawJpegs } from './drawJpegs';
import { importInNode } from './importInNode';
import { fitzpatrick17k, isic2019 } from './madeUpSets';
import { watchHeap } from './watchHeap';
import { writeImageFolder } from './writeImageFolder';

const { values: options } = parseArgs({
  options: {
    set: { type: 'string', default: 'isic2019' },
    count: { type: 'string' },
    pictures: { type: 'string', default: '300' },
    out: { type: 'string', default: '.cache/bench-import.json' },
  },
});
const makeSet = { isic2019, fitzpatrick17k }[options.set];
if (!makeSet) throw new Error(`--set is isic2019 or fitzpatrick17k, not ${options.set}`);
const folder = makeSet(options.count === undefined ? undefined : Number(options.count));
const imageSize = 128;
const mebibyte = 2 ** 20;

await ensureBuilt();
const server = await servePage({ port: 4310 });
const browser = await chromium.launch({ ...chromiumLaunchOptions(), headless: true });
const files = await mkdtemp(join(tmpdir(), 'lab-import-'));
try {
  const page = await browser.newPage();
  // tsx marks named functions by a helper that functions handed to the page miss there.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(`${server.origin}?backend=wasm`);
  const jpegs = await drawJpegs(page, Number(options.pictures), 600, 450);
  await writeImageFolder(files, folder, jpegs);
  const fileBytes = jpegs.reduce((sum, { length }) => sum + length, 0) / jpegs.length;
  say(`${folder.images.length} files of ${Math.round(fileBytes / 1024)} KiB in ${files}`);

  const load = loadavg()[0]!;
  const nodeBefore = await importInNode(files, imageSize);
  say(`imported in Node in ${seconds(nodeBefore.importMs)}`);

  const decodeBeforeMs = await decodeAlone(page, jpegs, imageSize);
  const heap = await watchHeap(browser);
  const inspectMs = await timed(() => chooseFolder(page));
  say(`looked at in ${seconds(inspectMs)}`);

  const cancelMs = await cancelEarly(page);
  say(`cancelled within ${Math.round(cancelMs)} ms`);

  const importMs = await timed(() => importAll(page));
  say(`imported in ${seconds(importMs)}`);
  await auditOf(page).click();
  await chooseFolder(page);
  const againMs = await timed(() => importAgain(page));
  const reopenMs = await timed(() => reopen(page));
  const peak = await heap.stop();
  const decodeAfterMs = await decodeAlone(page, jpegs, imageSize);

  const nodeAfter = await importInNode(files, imageSize);
  say(`imported in Node in ${seconds(nodeAfter.importMs)}`);

  const nodeImportMs = (nodeBefore.importMs + nodeAfter.importMs) / 2;
  const perImageMs = importMs / folder.images.length;
  const report = {
    set: options.set,
    images: folder.images.length,
    fileKiB: Math.round(fileBytes / 1024),
    imageSize,
    imagesPerSecond: round(1000 / perImageMs),
    nodeImagesPerSecond: [nodeBefore, nodeAfter].map((times) => round((1000 * folder.images.length) / times.importMs)),
    nodeToPageSpeedRatio: round(importMs / nodeImportMs),
    loadAverageBefore: round(load),
    decodingAloneImagesPerSecond: [round(1000 / decodeBeforeMs), round(1000 / decodeAfterMs)],
    importToDecodingAloneRatio: round(perImageMs / ((decodeBeforeMs + decodeAfterMs) / 2)),
    inspectS: round(inspectMs / 1000),
    importS: round(importMs / 1000),
    nodeInspectS: round((nodeBefore.inspectMs + nodeAfter.inspectMs) / 2000),
    nodeImportS: round(nodeImportMs / 1000),
    recogniseAgainS: round(againMs / 1000),
    reopenS: round(reopenMs / 1000),
    cancelMs: Math.round(cancelMs),
    peakHeapMiB: round((peak.objectBytes + peak.bufferBytes) / mebibyte),
    peakHeapOfThatBuffersMiB: round(peak.bufferBytes / mebibyte),
    heapSamples: peak.samples,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  await mkdir(dirname(options.out), { recursive: true });
  await writeFile(options.out, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await browser.close();
  await server.close();
  await rm(files, { recursive: true, force: true });
}

async function chooseFolder(page: Page): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a folder' }).click();
  await (await chooser).setFiles(files);
  await page.getByRole('form', { name: 'Mapping' }).waitFor({ timeout: 300_000 });
  const size = page.getByRole('textbox', { name: 'Image size' });
  await size.fill(String(imageSize));
  await size.blur();
}

async function startImport(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Import [\d,]+ images/ }).click();
}

/** Cancels soon after decoding has begun. Resolves to the time from the press to the end of the job. */
async function cancelEarly(page: Page): Promise<number> {
  await startImport(page);
  const job = page.getByRole('contentinfo', { name: 'Job' });
  await job.getByText(/Decoding images/).waitFor({ timeout: 300_000 });
  await page.waitForTimeout(Math.min(3000, folder.images.length / 2));
  const pressedMs = performance.now();
  await job.getByRole('button', { name: 'Cancel' }).click();
  await job.getByText('No job is running.').waitFor();
  return performance.now() - pressedMs;
}

async function importAll(page: Page): Promise<void> {
  await startImport(page);
  const job = page.getByRole('contentinfo', { name: 'Job' });
  const done = auditOf(page).waitFor({ timeout: 0 });
  const watching = setInterval(() => {
    void job.innerText().then(
      (text) => say(text.replaceAll('\n', ' ')),
      () => undefined,
    );
  }, 10_000);
  await done;
  clearInterval(watching);
}

/** What is there only once a dataset is shown. */
function auditOf(page: Page) {
  return page.getByRole('button', { name: 'Use other data' });
}

/** The same files once more: they are read, and recognised. */
async function importAgain(page: Page): Promise<void> {
  await startImport(page);
  await auditOf(page).waitFor({ timeout: 0 });
}

/** A page that is opened anew lists what is stored. */
async function reopen(page: Page): Promise<void> {
  await page.reload();
  await page.getByRole('table', { name: 'Stored on this machine' }).waitFor();
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
}

function say(text: string): void {
  console.error(text);
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
