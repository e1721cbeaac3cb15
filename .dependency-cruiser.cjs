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
  engine: [
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
  ],
  cases: ['artifacts', 'tables', 'fairness', 'dataset', 'compute', 'model'],
  bench: [
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
  ],
};

/** Core files that the page and the command line may use at run time: names, presets, defaults, and pure functions. */
const sharedWithShells = [
  '^src/foundation/',
  '^src/tables/',
  '^src/fairness/',
  '^src/engine/(client/|labEngine\\.ts|protocol/|node/)',
  '^src/recipe/(armsOverSeeds|baselineOrigin|checkPair|describeForecast|describeGrowth|describeOrigin|describeTrainingData|describeVerdict|forecastStorage|judgeRun|maskFate|nameRound|runConfig|runEvents|runRecord|parseRunRecord|scoresCsv|selectChannels|sensitivity|stopRule)\\.ts$',
  '^src/snnl/snnlOptions\\.ts$',
  '^src/importance/',
  '^src/model/(labModel|describeSamples|memoryNeed|modelSummary|preprocessing|preprocessingPresetNames|channelNumbers)\\.ts$',
  '^src/model/architectures/(architecturePlan|estimateArchitecture|layOutPlan|publishedPlan|stepProblem)\\.ts$',
  '^src/dataset/(dataset|demo/demoBaselines|datasetFinding|describeDuplicates|placeImage|imageSet/imageSet|splitSettings|filesSummary|mapping/(parseMapping|describeRecord|datasetMapping|joinPlan|mappedSamples|suggestGroups)|import/parseSplitName|augmentation|augmentation/augmentationPresets)\\.ts$',
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

module.exports = {
  forbidden: [
    ...roomRules,
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
      from: { path: '^src/', pathNot: ['^src/testing/', tests] },
      to: { path: `^src/testing/|${tests}` },
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
