/** The rooms that compute, for those that use all of them. */
const uptoRecipe = [
  'artifacts',
  'tables',
  'fairness',
  'dataset',
  'compute',
  'model',
  'snnl',
  'training',
  'methods',
  'importance',
  'recipe',
];

/**
 * A room imports only rooms above it. The list is in that order; `may` names what a room may import besides itself and
 * foundation.
 */
const rooms = {
  foundation: [],
  archives: [],
  artifacts: [],
  tables: [],
  fairness: ['tables'],
  dataset: ['archives', 'artifacts', 'tables'],
  compute: [],
  model: ['archives', 'artifacts', 'compute'],
  snnl: ['dataset', 'compute', 'model'],
  training: ['artifacts', 'dataset', 'compute', 'model'],
  methods: ['dataset', 'model', 'training'],
  importance: ['dataset', 'compute', 'model', 'snnl'],
  recipe: ['artifacts', 'fairness', 'dataset', 'compute', 'model', 'snnl', 'training', 'methods', 'importance'],
  engine: uptoRecipe,
  cases: ['artifacts', 'tables', 'fairness', 'dataset', 'compute', 'model'],
  // Of testing: made-up records and sets.
  bench: [...uptoRecipe, 'engine', 'testing'],
};

/**
 * The floors of the dataset room, from the ground up. A floor imports only floors below it; those of one line know nothing
 * of each other. Files that lie beside the floors are for all of them, and import none.
 */
const datasetFloors = [
  ['findings'],
  ['files'],
  ['tables', 'images'],
  ['split'],
  ['mapping'],
  ['formats', 'stored'],
  ['suggest'],
  ['batches'],
  ['demo'],
];

/** Core files that the page and the command line may use at run time: names, presets, defaults, and pure functions. */
const sharedWithShells = [
  '^src/foundation/',
  '^src/tables/',
  '^src/fairness/',
  '^src/engine/(client/|labEngine\\.ts|protocol/|node/)',
  '^src/recipe/(armsOverSeeds|baselineOrigin|checkPair|describeForecast|describeGrowth|describeOrigin|describeTrainingData|describeVerdict|forecastStorage|judgeRun|maskFate|nameRound|pruningSettings|runConfig|runEvents|runHead|runRecord|parseRunRecord|scoresCsv|selectChannels|sensitivity|stopRule)\\.ts$',
  '^src/snnl/snnlOptions\\.ts$',
  '^src/importance/',
  '^src/methods/(methodDescription|methodSource)\\.ts$',
  '^src/model/(labModel|describeSamples|memoryNeed|modelSummary|preprocessing|preprocessingPresetNames|channelNumbers)\\.ts$',
  '^src/model/architectures/(architecturePlan|estimateArchitecture|layOutPlan|publishedPlan|stepProblem)\\.ts$',
  '^src/dataset/(splitName|findings/datasetFinding|tables/(joinPlan|tableSummary)|images/(placeImage|imageSet/imageSet)|split/splitSettings|mapping/(parseMapping|describeRecord|datasetMapping|mappedSamples)|stored/(dataset|datasetHead|describeDuplicates)|suggest/(filesSummary|suggestGroups)|batches/augmentation/(augmentation|augmentationPresets)|demo/demoBaselines)\\.ts$',
  '^src/training/trainSettings\\.ts$',
];

const tests = '\\.test\\.tsx?$';

const roomRules = Object.entries(rooms).map(([room, may]) => ({
  name: `${room}-imports-only-rooms-above`,
  severity: 'error',
  comment: `${room} may import ${['itself', 'foundation', ...may].join(', ')}`,
  from: { path: `^src/${room}/`, pathNot: tests },
  to: { path: '^src/', pathNot: ['foundation', room, ...may].map((name) => `^src/${name}/`) },
}));

const floorRules = datasetFloors.flatMap((floors, level) => {
  const below = datasetFloors.slice(0, level).flat();
  return floors.map((floor) => ({
    name: `dataset-${floor}-imports-only-floors-below`,
    severity: 'error',
    comment: `dataset/${floor} may import ${['itself', ...below].join(', ')}`,
    from: { path: `^src/dataset/${floor}/`, pathNot: tests },
    to: { path: '^src/dataset/[^/]+/', pathNot: [floor, ...below].map((name) => `^src/dataset/${name}/`) },
  }));
});

module.exports = {
  forbidden: [
    ...roomRules,
    ...floorRules,
    {
      name: 'dataset-has-listed-floors-only',
      severity: 'error',
      comment: 'a folder of the dataset room is one of the floors, and what lies beside them imports none',
      from: { path: '^src/dataset/', pathNot: [tests, `^src/dataset/(${datasetFloors.flat().join('|')})/`] },
      to: { path: '^src/dataset/[^/]+/' },
    },
    {
      name: 'dataset-folders-do-not-import-the-floor-around-them',
      severity: 'error',
      from: { path: '^src/dataset/([^/]+)/[^/]+/', pathNot: tests },
      to: { path: '^src/dataset/$1/[^/]+$' },
    },
    {
      name: 'fairness-is-pure',
      severity: 'error',
      from: { path: '^src/(foundation|tables|fairness)/', pathNot: tests },
      to: { path: 'node_modules/(@tensorflow|react|zustand|recharts)' },
    },
    {
      name: 'tfjs-stays-in-the-core',
      severity: 'error',
      from: { path: '^src/(app|cli|importance|engine/client|engine/protocol)/', pathNot: tests },
      to: { path: 'node_modules/@tensorflow' },
    },
    {
      name: 'shells-use-the-engine-only',
      severity: 'error',
      from: { path: '^src/(app|cli)/', pathNot: tests },
      to: { path: '^src/(?!app/|cli/)', pathNot: sharedWithShells, dependencyTypesNot: ['type-only'] },
    },
    { name: 'app-and-cli-are-apart', severity: 'error', from: { path: '^src/app/' }, to: { path: '^src/cli/' } },
    {
      name: 'react-stays-in-the-app',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/app/', tests] },
      to: { path: 'node_modules/(react|react-dom|recharts|zustand|react-aria-components)/' },
    },
    {
      name: 'tests-are-not-imported',
      severity: 'error',
      from: { path: '^src/', pathNot: ['/testing/', '^src/bench/', tests] },
      to: { path: `/testing/|${tests}` },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true, pathNot: '\\.css$' },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default'] },
  },
};
