import '@tensorflow/tfjs-backend-cpu';
import { expect, it } from 'vitest';
import { modelId } from '../foundation/ids';
import { buildArchitecture } from './architectures/buildArchitecture';
import { identifyModel } from './identifyModel';

function net(seed: number, id = 'any') {
  return buildArchitecture(
    { name: 'small-cnn', imageSize: 8, classCount: 2, widthMultiplier: 0.125, seed },
    {
      id: modelId(id),
      name: 'Net',
      classNames: ['a', 'b'],
      preprocessing: { imageSize: 8, mean: [0, 0, 0], std: [1, 1, 1] },
    },
  );
}

it('the id of a model follows from its weights, whatever it was called before', async () => {
  const first = await identifyModel(net(1));
  expect(first).toMatch(/^net-[0-9a-f]{16}$/);
  expect(await identifyModel(net(1, 'other'))).toBe(first);
  expect(await identifyModel(net(2))).not.toBe(first);
});
