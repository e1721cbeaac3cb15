import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { developmentHeaders, securityHeaders } from '../../scripts/securityHeaders.mjs';
import { servePage } from '../../scripts/servePage.mjs';

let parent: string;
let server: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'lab-serve-'));
  const folder = join(parent, 'dist');
  for (const part of ['assets', 'wasm', 'demo']) await mkdir(join(folder, part), { recursive: true });
  const files = {
    'index.html': '<!doctype html><title>lab</title>',
    'headless.html': '<!doctype html><title>headless</title>',
    'assets/main-Bx3f.js': 'export {};',
    'assets/main-Bx3f.css': 'a{}',
    'wasm/simd.wasm': '\0asm',
    'demo/net.zip': 'PK',
    '.sources': 'a stamp',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await writeFile(join(parent, 'secret.txt'), 'not served');
  await mkdir(join(parent, 'dist-other'));
  await writeFile(join(parent, 'dist-other', 'secret.txt'), 'not served');
  server = await servePage({ port: 0, folder });
});

afterAll(async () => {
  await server.close();
  await rm(parent, { recursive: true, force: true });
});

/** An answer to a path as it is written: `fetch` would tidy it before it is sent. */
function ask(path: string, { method = 'GET', headers = {} } = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('every answer carries the security headers', () => {
  it.each([
    ['the page', '/', 'GET', 200],
    ['the headless page', '/headless.html?backend=wasm', 'GET', 200],
    ['a script', '/assets/main-Bx3f.js', 'GET', 200],
    ['a file that is not there', '/nothing.js', 'GET', 404],
    ['a request to write', '/', 'POST', 405],
  ])('%s', async (_, path, method, status) => {
    const answer = await ask(path, { method });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'content-security-policy':
        "default-src 'self'; connect-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    });
  });

  it('an answer that a file has not changed', async () => {
    const { headers } = await ask('/');
    const again = await ask('/', { headers: { 'if-none-match': headers.etag } });
    expect(again.status).toBe(304);
    expect(again.headers['x-content-type-options']).toBe('nosniff');
  });

  it('the development server differs in scripts inside the page alone', () => {
    const policy = securityHeaders['Content-Security-Policy']!;
    expect(developmentHeaders).toEqual({
      ...securityHeaders,
      'Content-Security-Policy': policy.replace("'wasm-unsafe-eval'", "'wasm-unsafe-eval' 'unsafe-inline'"),
    });
  });
});

it.each([
  ['/', 'text/html'],
  ['/assets/main-Bx3f.js', 'text/javascript'],
  ['/assets/main-Bx3f.css', 'text/css'],
  ['/wasm/simd.wasm', 'application/wasm'],
  ['/demo/net.zip', 'application/zip'],
])('%s is served as %s', async (path, type) => {
  const { headers } = await ask(path);
  expect(String(headers['content-type']).split(';')[0]).toBe(type);
});

it('only files that are named after their content are kept for good', async () => {
  const kept = await ask('/assets/main-Bx3f.js');
  expect(kept.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  for (const path of ['/', '/headless.html', '/wasm/simd.wasm', '/demo/net.zip']) {
    expect((await ask(path)).headers['cache-control']).toBe('no-cache');
  }
});

it.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/../../secret.txt',
  '/..\\secret.txt',
  '/../dist-other/secret.txt',
  '/%00',
  '/%',
  '/.sources',
  '/%2esources',
  '/assets',
  '/assets/',
  '/data',
])('%s is not found, and no page stands in for it', async (path) => {
  const { status, body } = await ask(path);
  expect(status).toBe(404);
  expect(body).toBe('There is no such file here.\n');
});

it('a whole file answers a request for an impossible part of it', async () => {
  const { status, body } = await ask('/assets/main-Bx3f.js', { headers: { range: 'bytes=9-2' } });
  expect(status).toBe(200);
  expect(body).toBe('export {};');
});

it('a file that is replaced while it is served is served as it is now', async () => {
  const file = join(parent, 'dist', 'assets', 'late-1.js');
  await writeFile(file, 'export const first = 1;');
  expect((await ask('/assets/late-1.js')).body).toContain('first');
  await rm(file);
  expect((await ask('/assets/late-1.js')).status).toBe(404);
});

it('the next free port of this machine is taken when the first is in use', async () => {
  const next = await servePage({ port: server.port, folder: join(parent, 'dist') });
  expect(next.port).toBeGreaterThan(server.port);
  expect(next.origin).toBe(`http://127.0.0.1:${next.port}/`);
  expect((await fetch(next.origin)).status).toBe(200);
  await next.close();
  await expect(fetch(next.origin)).rejects.toThrow('fetch failed');
});
