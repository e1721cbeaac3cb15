import { describeImportance, importances } from '../importance/importances';
import { audit } from './commands/audit';
import { auditTable } from './commands/auditTable';
import { convertModel } from './commands/convertModel';
import { exportRunModel } from './commands/exportRunModel';
import { importData } from './commands/importData';
import { inspectData } from './commands/inspectData';
import { inspectModel } from './commands/inspectModel';
import { methods } from './commands/methods';
import { predictImages } from './commands/predictImages';
import { pruneModel } from './commands/pruneModel';
import { run } from './commands/run';
import { score } from './commands/score';
import { splitData } from './commands/splitData';
import { testRun } from './commands/testRun';
import { verify } from './commands/verify';
import type { CommandList } from './readCommandLine';

/** Every arm that a run can have, a line each. */
function describeArms(): string {
  const width = Math.max(...importances.ids().map((id) => id.length));
  return importances
    .list()
    .map((importance) => `  ${importance.id.padEnd(width)}  ${describeImportance(importance)}`)
    .join('\n');
}

/** Every command of the command line. */
export const commandList: CommandList = {
  commands: {
    run,
    test: testRun,
    score,
    'data inspect': inspectData,
    'data import': importData,
    'data split': splitData,
    'model inspect': inspectModel,
    'model convert': convertModel,
    'model prune': pruneModel,
    'model predict': predictImages,
    'model export': exportRunModel,
    audit,
    'audit-table': auditTable,
    methods,
    verify,
  },
  groups: {
    data: 'folders and zips of images: inspect, import, split',
    model: 'networks: inspect, convert, prune, predict, export',
  },
  get closing() {
    return `Models: zip, tfjs layers model (model.json and .bin), Keras .h5 and .keras, PyTorch .pth and .pt, .safetensors, .onnx

Exit codes: 0 done · 1 failed, or a vector out of tolerance · 2 wrong usage or settings, or questions that want an answer
            130 cancelled (finished rounds are kept)

Arms of a run, named in its CONFIG.json:
${describeArms()}`;
  },
};
