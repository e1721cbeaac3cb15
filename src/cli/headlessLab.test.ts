import { existsSync } from 'node:fs';
import { beforeEach, expect, it, vi } from 'vitest';
import type { PageMessage } from './page/pageApi';

const seen = vi.hoisted(() => ({ serverClosed: 0, contextClosed: 0, profile: '' }));
const launch = vi.hoisted(() => vi.fn<(profile: string) => Promise<unknown>>());

vi.mock('../../scripts/ensureBuilt.mjs', () => ({ ensureBuilt: async () => undefined }));
vi.mock('../../scripts/chromium.mjs', () => ({ chromiumLaunchOptions: () => ({}) }));
vi.mock('../../scripts/servePage.mjs', () => ({
  servePage: async () => ({ origin: 'http://127.0.0.1:1/', close: async () => void (seen.serverClosed += 1) }),
}));
vi.mock('playwright', () => ({
  chromium: {
    launchPersistentContext: (profile: string) => {
      seen.profile = profile;
      return launch(profile);
    },
  },
}));

const { openHeadlessLab } = await import('./headlessLab');

/** A browser whose one page does as told. */
function browserWith(page: object) {
  const defaults = { on: () => undefined, exposeFunction: async () => undefined, goto: async () => undefined };
  return { pages: () => [{ ...defaults, ...page }], close: async () => void (seen.contextClosed += 1) };
}

beforeEach(() => Object.assign(seen, { serverClosed: 0, contextClosed: 0, profile: '' }));

it('a browser that does not start is named, and leaves neither server nor profile folder', async () => {
  launch.mockRejectedValue(new Error('spawn ENOENT'));
  await expect(openHeadlessLab({ backend: null, store: null })).rejects.toMatchObject({
    code: 'no-backend',
    hint: expect.stringContaining('LAB_CHROMIUM'),
  });
  expect(seen.serverClosed).toBe(1);
  expect(seen.profile).not.toBe('');
  expect(existsSync(seen.profile)).toBe(false);
});

it('an engine that says during the opening that nothing computes is the reason given', async () => {
  let tell: (message: PageMessage) => void = () => undefined;
  const error = { code: 'no-backend', message: 'Nothing computes here.', hint: 'Update.' } as const;
  launch.mockResolvedValue(
    browserWith({
      exposeFunction: async (_: string, receive: typeof tell) => void (tell = receive),
      async goto() {
        tell({ kind: 'notice', notice: { kind: 'unusable', error } });
        await new Promise((resolve) => setTimeout(resolve, 5));
      },
    }),
  );
  await expect(openHeadlessLab({ backend: null, store: null })).rejects.toMatchObject(error);
  expect(seen).toMatchObject({ serverClosed: 1, contextClosed: 1 });
});

it('a page that cannot be told of the command line fails the opening', async () => {
  launch.mockResolvedValue(browserWith({ exposeFunction: () => Promise.reject(new Error('Target closed')) }));
  await expect(openHeadlessLab({ backend: null, store: null })).rejects.toThrow('Target closed');
  expect(seen).toMatchObject({ serverClosed: 1, contextClosed: 1 });
});
