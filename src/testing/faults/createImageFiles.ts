import { defaultSplitSettings } from '../../dataset/split/splitSettings';
import type { JobParams } from '../../engine/protocol/jobMap';
import { fakeSet, fakeTable, imageJoin } from '../dataset/fakeFiles';
import { testMapping } from '../dataset/testRecords';

/** An import of made-up images with their table: classes mel and nv, sexes in turns. */
export function createImageFiles(count: number): JobParams<'importFiles'> {
  const { rows, images } = fakeSet(count);
  return {
    name: 'made up',
    files: [fakeTable('image,dx,sex', rows), ...images].map(({ path, file }) => ({
      path,
      file: new File([file], path),
    })),
    join: imageJoin,
    mapping: testMapping,
    imageSize: 16,
    split: defaultSplitSettings,
  };
}
