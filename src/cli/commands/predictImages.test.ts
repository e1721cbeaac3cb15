import { expect, it } from 'vitest';
import { fakeModel } from '../../app/testing/fakeData';
import { createInterrupt } from '../interrupt';
import { fakeLab } from '../testing/fakeLab';
import { recordedOutput } from '../testing/recordedOutput';
import { runLine } from '../testing/runLine';
import { predictImages } from './predictImages';

async function predict(flags: Record<string, string>) {
  const { output, errors } = recordedOutput();
  const asked: object[] = [];
  const { lab } = fakeLab({
    loadModel: () => fakeModel(),
    predict(_partial, params) {
      asked.push(params);
      return { bytes: new ArrayBuffer(0), imageCount: 1, accuracy: null, imageFit: null, unreadable: [] };
    },
  });
  const shell = { output, interrupt: createInterrupt(), open: async () => lab };
  const code = await runLine(predictImages, { words: [import.meta.filename], flags }, shell);
  return { code, asked, message: errors[0]?.message };
}

it('the group of image files goes with them, and is refused beside a labelled set, which knows it', async () => {
  const { code, asked } = await predict({ images: import.meta.dirname, group: 'dark' });
  expect(code).toBe(0);
  expect(asked).toMatchObject([{ source: { kind: 'files', group: 'dark' } }]);
  const refused = await predict({ data: 'demo', group: 'dark' });
  expect(refused).toMatchObject({
    code: 2,
    asked: [],
    message: expect.stringContaining('--group would have no effect here'),
  });
});
