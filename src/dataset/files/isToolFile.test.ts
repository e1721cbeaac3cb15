import { expect, it } from 'vitest';
import { isToolFile } from './isToolFile';

it.each([
  '.ipynb_checkpoints/a-checkpoint.jpg',
  'mel/.ipynb_checkpoints/a-checkpoint.jpg',
  '@eaDir/a.jpg/SYNOPHOTO_THUMB_M.jpg',
  '$RECYCLE.BIN/a.jpg',
  'set.zip/__MACOSX/._a.jpg',
  'mel/._a.jpg',
  'mel/Thumbs.db',
  '.git/config',
])('%s is a tool’s', (path) => expect(isToolFile(path)).toBe(true));

it.each(['mel/a.jpg', './mel/a.jpg', 'site A/v1.2/a.jpg', 'desktop/a.jpg'])('%s is the user’s', (path) =>
  expect(isToolFile(path)).toBe(false),
);
