import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const stamp = 'dist/.sources';
const sources = [
  'src',
  'public',
  'index.html',
  'headless.html',
  'vite.config.ts',
  'package-lock.json',
  'scripts/wasmFiles.mjs',
];

/** Builds the page unless `dist` was built from these very sources. */
export async function ensureBuilt() {
  const wanted = hashOf(sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error('Building the page …');
  await build({ logLevel: 'error' });
  writeFileSync(stamp, wanted);
}

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(filesIn)) hash.update(path).update(readFileSync(path));
  return hash.digest('hex');
}

function filesIn(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
