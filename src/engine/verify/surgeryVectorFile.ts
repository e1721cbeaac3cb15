import { type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import * as z from 'zod/mini';
import { modelId } from '../../foundation/ids';
import { parseVectors } from '../../foundation/parseVectors';
import { disposeModel } from '../../model/disposeModel';
import type { LabModel, PruningMode } from '../../model/labModel';
import { predictBatch } from '../../model/runModel';
import { applyPruning } from '../../model/surgery/applyPruning';
import { maskChannels } from '../../model/surgery/maskChannels';
import { planPruning } from '../../model/surgery/planPruning';
import { buildVectorNet, prunedLayers, type VectorNetId, vectorNetIds } from './buildVectorNet';
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

/** Which field of the file each kind of pruning must give, per net. */
const modeFields: Record<VectorNetId, [PruningMode, string][]> = {
  vgg_flatten: [
    ['tail', 'structural'],
    ['branch-zero', 'masked_kernelAndBias'],
    ['kernel-mask', 'masked_kernelOnly_official'],
  ],
  vgg_bn_gap: [
    ['tail', 'structural'],
    ['branch-zero', 'masked_convAndBn'],
  ],
  resnet_tail: [
    ['tail', 'C_structuralTail'],
    ['stage', 'D_structuralStage'],
    ['branch-zero', 'B_branchZero'],
    ['kernel-mask', 'A_mask_kernelOnly'],
  ],
};
/** The field of a removal's silent twin. */
const twinFields: Record<VectorNetId, string> = {
  vgg_flatten: 'masked_kernelAndBias',
  vgg_bn_gap: 'masked_convAndBn',
  resnet_tail: 'C_equivalent_fcRowsZero',
};

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
        await checkNet(id, model, entry, tally);
      } finally {
        disposeModel(model);
      }
    }
    return tally.summary();
  },
  notChecked: ['Field masked_convOnly: a mask of kernel and bias with BatchNorm alive, which the lab does not offer.'],
};

async function checkNet(id: VectorNetId, model: LabModel, entry: SurgeryCase, tally: ErrorTally) {
  const { input, x, prune, expected } = entry;
  const images = tensor4d(x, [input[0]!, input[1]!, input[2]!, input[3]!]);
  const compare = async (field: string, treated: LabModel) => {
    tally.compare(field, await logitsOf(treated, images), expected[field]!.flat());
    if (treated !== model) disposeModel(treated);
  };
  const plan = (mode: PruningMode) => planPruning(model, { [prunedLayers[id]]: prune }, mode);
  try {
    await compare('original', model);
    for (const [mode, field] of modeFields[id]) {
      await compare(field, applyPruning(model, plan(mode), modelId('pruned')));
    }
    await compare(twinFields[id], maskChannels(model, plan('tail')));
  } finally {
    images.dispose();
  }
}

async function logitsOf(model: LabModel, images: Tensor4D): Promise<Float32Array> {
  const output = predictBatch(model, { images, groups: null });
  const values = await output.data<'float32'>();
  output.dispose();
  return values;
}
