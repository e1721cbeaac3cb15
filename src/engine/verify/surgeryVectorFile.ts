import { type Tensor2D, type Tensor4D, tensor4d, tidy } from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';
import { modelId } from '../../foundation/ids';
import { parseVectors } from '../../foundation/parseVectors';
import { disposeModel } from '../../model/disposeModel';
import type { LabModel } from '../../model/labModel';
import { applyPruning } from '../../model/surgery/applyPruning';
import { maskChannels } from '../../model/surgery/maskChannels';
import { planPruning } from '../../model/surgery/planPruning';
import { buildVectorNet, vectorNetIds } from './buildVectorNet';
import { createErrorTally, type ErrorTally } from './errorTally';
import type { VectorFile } from './vectorFile';

const name = 'surgery.json';
const numbers = z.array(z.number());
const logits = z.array(numbers);
const schema = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      input: numbers,
      bnEpsilon: z.optional(z.number()),
      x: numbers,
      weights: z.record(z.string(), z.object({ shape: numbers, data: numbers })),
      prune: numbers,
      expected: z.record(z.string(), logits),
    }),
  ),
});
type SurgeryCase = z.infer<typeof schema>['cases'][number];

/** Logits of the nets in the file are of order 1: the tolerance is the same absolute and relative. */
const logitTolerance = 1e-4;
const prunedLayer = 'conv2';

/** Logits of small nets after real removal and after masking. */
export const surgeryVectors: VectorFile = {
  name,
  implementations: ['wasm', 'webgpu'],
  async check(json) {
    const { cases } = parseVectors(schema, json, name);
    const tally = createErrorTally(logitTolerance);
    for (const id of vectorNetIds) {
      const entry = cases.find((candidate) => candidate.id === id);
      if (!entry) continue;
      tally.begin(id);
      const model = buildVectorNet(id, entry);
      try {
        await checkNet(model, entry, tally);
      } finally {
        disposeModel(model);
      }
    }
    return tally.summary();
  },
  notChecked: [
    'Case resnet_tail: the lab builds no net with skip connections yet.',
    'Field masked_convOnly: a mask of kernel and bias with BatchNorm alive, which the lab does not offer.',
  ],
};

async function checkNet(model: LabModel, { input, x, prune, expected }: SurgeryCase, tally: ErrorTally) {
  const images = tensor4d(x, [input[0]!, input[1]!, input[2]!, input[3]!]);
  const compare = async (field: string, treated: LabModel) => {
    tally.compare(field, await logitsOf(treated, images), expected[field]!.flat());
    if (treated !== model) disposeModel(treated);
  };
  try {
    await compare('original', model);
    await compare('structural', applyPruning(model, planPruning(model, prunedLayer, prune), modelId('pruned')));
    const structuralMask = 'masked_convAndBn' in expected ? 'masked_convAndBn' : 'masked_kernelAndBias';
    await compare(structuralMask, maskChannels(model, prunedLayer, prune, 'structural'));
    if ('masked_kernelOnly_official' in expected) {
      await compare('masked_kernelOnly_official', maskChannels(model, prunedLayer, prune, 'authors-code'));
    }
  } finally {
    images.dispose();
  }
}

async function logitsOf(model: LabModel, images: Tensor4D): Promise<Float32Array> {
  const output = tidy(() => model.network.predict(images) as Tensor2D);
  const values = await output.data<'float32'>();
  output.dispose();
  return values;
}
