import '@tensorflow/tfjs-backend-cpu';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { datasetId, modelId } from '../foundation/ids';
import type { LabModel } from '../model/labModel';
import { makeWeightMask } from '../model/masks/weightMask';
import { colourModel } from '../testing/colourModel';
import { handMadeRecord, withTestLook } from '../testing/handMadeRecord';
import { hostileNames } from '../testing/hostileNames';
import { findingRecord, madeArm } from '../testing/judgedRecord';
import { positiveHeadline, verdictTraps } from '../testing/verdictTraps';
import { markImported } from './markImported';
import type { RunRecord } from './runRecord';
import { writeModelCard } from './writeModelCard';

/** What a card says of a model; the network itself is not looked at. */
function modelOf(id: string): LabModel {
  return {
    ...colourModel([[0], [0], [0]], 16),
    id: modelId(id),
    name: 'mole net, SNNL-Fair 1',
    preprocessing: { imageSize: 16, mean: [0.5, 0.4, 0.3], std: [0.25, 0.2, 0.15] },
    classNames: ['naevus', 'melanoma'],
    originalChannels: { conv2: [0, 2, 3] },
  };
}
const pruned = modelOf('hand-made~snnl~1');

describe('writeModelCard', () => {
  it('names the input, the classes, the data, the groups, the layer and what is left of it', () => {
    const card = writeModelCard(pruned, handMadeRecord());
    expect(card).toMatch(/^# mole net, SNNL-Fair 1\n/);
    expect(card).toContain('[n, 16, 16, 3], RGB, (pixel / 255 − mean) / std with mean [0.5, 0.4, 0.3]');
    expect(card).toContain('naevus, melanoma');
    expect(card).toContain('- conv2: 3 channels left');
    expect(card).toContain('Data: Moles of 1999; groups by sex: 0 = women, 1 = men');
    expect(card).toContain('Started from: mole net; layer conv2; seed 1');
    expect(card).toContain('SNNL-Fair, round 1 (chosen): 3 channels left, 900 parameters');
  });

  it('sets the measured gap beside that of the unpruned model, on the validation split, without intervals it has not', () => {
    const card = writeModelCard(pruned, handMadeRecord());
    expect(card).toContain('8 samples of the validation split; no intervals.');
    // Per class |TPR0 − TPR1| is ½, ½ unpruned and ½, 0 pruned: means 0.5 and 0.25. FATE by hand: F1 of group 0 is
    // ½ and then (2/3 + 4/5) / 2 = 11/15, of group 1 it is 1; (13/15 − 3/4) / (3/4) + (0.5 − 0.25) / 0.5 = 0.65556.
    expect(card).toContain('| eopp1 | 0.500 | 0.250 | none | none | 0.656 | none |');
    expect(card).not.toContain('test split; ');
  });

  it.each([
    { looks: 0, sentence: 'The test split had been looked at 0 times when this card was written.' },
    { looks: 1, sentence: 'The test split had been looked at once when this card was written.' },
    { looks: 2, sentence: 'The test split had been looked at 2 times when this card was written.' },
  ])('counts the looks at the test split and shows each: $looks', ({ looks, sentence }) => {
    const record = Array.from({ length: looks }).reduce(withTestLook, handMadeRecord());
    const card = writeModelCard(pruned, record);
    expect(card).toContain(sentence);
    expect(card.match(/8 samples of the test split/g) ?? []).toHaveLength(looks);
  });

  it('shows no numbers of a run for a model that none of its rounds made', () => {
    const card = writeModelCard(modelOf('another'), handMadeRecord());
    expect(card).toContain('Data: Moles of 1999');
    expect(card).not.toContain('## Measured');
    const loaded = writeModelCard(modelOf('loaded'), null);
    expect(loaded).not.toContain('## How it was made');
    expect(loaded).toContain('Nothing was measured in the lab');
  });

  it('tells of a model read again from its file what was measured of the round that it was', () => {
    const again = modelOf('mole-net-1a2b');
    const card = writeModelCard(again, handMadeRecord(), { roundModelId: pruned.id });
    expect(card).toContain('SNNL-Fair, round 1 (chosen): 3 channels left, 900 parameters');
    expect(card).toContain('| eopp1 | 0.500 | 0.250 |');
  });

  it('gives the unpruned model its own numbers, without a FATE', () => {
    const card = writeModelCard(modelOf('unpruned'), handMadeRecord());
    expect(card).toContain('| eopp1 | 0.500 | 0.500 | none | none |  |  |');
  });

  it('counts the samples of each group in each split, and sets the groups side by side', () => {
    const card = writeModelCard(pruned, handMadeRecord());
    // Two classes of two samples per group in every split.
    expect(card).toContain('| validation | 4 | 4 | b2 |');
    // Group 0 has one error of four: recall 1/2 and 1, precision 1 and 2/3, F1 2/3 and 4/5.
    expect(card).toContain('| women | 4 | 0.750 | 0.833 | 0.750 | 0.733 |');
    expect(card).toContain('| men | 4 | 1.00 | 1.00 | 1.00 | 1.00 |');
  });

  it('sets the other arms of the same round beside it', () => {
    const record = handMadeRecord();
    const [snnl] = record.arms;
    const random = {
      ...snnl!,
      arm: 'random' as const,
      rounds: snnl!.rounds.map((round) => ({ ...round, modelId: modelId(`hand-made~random~${round.round}`) })),
    };
    expect(writeModelCard(pruned, record)).not.toContain('The other arms');
    const card = writeModelCard(pruned, { ...record, arms: [snnl!, random] });
    expect(card).toMatch(/after the same round 1[^]*\| Random channels \| 0\.867 \|/);
  });

  it('says how to load it in PyTorch, and gives mean and std in the order of the colours', () => {
    const preprocessing = {
      imageSize: 16,
      mean: [0.5, 0.4, 0.3],
      std: [0.25, 0.2, 0.15],
      channelOrder: 'bgr',
    } as const;
    const bgr: LabModel = { ...pruned, preprocessing: structuredClone(preprocessing) as LabModel['preprocessing'] };
    const card = writeModelCard(bgr, null, { format: 'pytorch' });
    expect(card).toContain('from load_model import load');
    expect(card).toContain('BGR, (pixel / 255 − mean) / std with mean [0.3, 0.4, 0.5] and std [0.15, 0.2, 0.25]');
  });

  it('tells where the model comes from and what was assumed', () => {
    const question = 'Which activation follows the convolutions?';
    const assumed = [{ key: 'activation', question, value: 'gelu', label: 'GELU' }];
    const importReport = { format: 'safetensors', found: 'ResNet-18 for 32-pixel images.', lines: [], assumed };
    const card = writeModelCard({ ...pruned, notes: ['The classes are numbered.'], importReport }, null);
    expect(card).toContain('- Read from a safetensors: ResNet-18 for 32-pixel images.');
    expect(card).toContain('- The classes are numbered.');
    expect(card).toContain('- Assumed, as the files do not say it: Which activation follows the convolutions? GELU.');
  });

  it('counts the weights that masks hold at zero, and says that the file alone does not hold them', () => {
    // The network is a dense layer of a kernel [3, 1] and a bias.
    const mask = makeWeightMask({ layer: 'fc', weight: 'kernel', shape: [3, 1] }, (i) => i !== 1);
    const held: LabModel = { ...pruned, weightMasks: [mask] };
    expect(writeModelCard(held, null)).toContain(
      '## Held at zero\n- 2 of 4 weights are zero because masks hold them there. lab.json keeps the masks for the lab;',
    );
    expect(writeModelCard(held, null, { format: 'pytorch' })).toContain('The masks are not in this file');
    expect(writeModelCard(pruned, null)).not.toContain('Held at zero');
  });

  const cardOf = (record: RunRecord) => {
    const [round] = record.arms[0]!.rounds;
    return writeModelCard(round ? { ...pruned, id: round.modelId } : pruned, record);
  };

  it('tells the verdict of the round that the run reports, named as chosen', () => {
    const card = cardOf(findingRecord());
    expect(card).toContain('Pruning 4 channels changed 1 of 8 predictions beyond fine-tuning.');
    expect(card).toContain(positiveHeadline);
    expect(card).toContain('After round 1 (chosen), SNNL-Fair’s FATE of Eodd is 0.500');
  });

  it.each(verdictTraps)('claims nothing of %s', (_, record) => {
    expect(cardOf(record)).not.toContain(positiveHeadline);
  });

  it('says that the numbers of a round that the run does not report are no finding', () => {
    const [snnl, ...controls] = findingRecord().arms;
    const two = madeArm('snnl', [{ fate: 0.1 }, { fate: 0.2 }], { chosenRound: 2 });
    expect(cardOf({ ...findingRecord(), arms: [two, ...controls] })).toContain('The run does not report this round');
    expect(cardOf({ ...findingRecord(), arms: [snnl!, ...controls] })).not.toContain('The run does not report');
  });

  it('says what it was trained on, or that this is not known', () => {
    const trainedOn = { datasetId: datasetId('d1'), name: 'Demo, bias 1', trainSplitHash: 'a1b2' };
    expect(writeModelCard({ ...pruned, trainedOn }, null)).toContain(
      '- Trained from scratch in the lab on the training split of “Demo, bias 1” (hash of its names: a1b2)',
    );
    expect(writeModelCard(pruned, null)).toContain('- What data it was trained on is not known to the lab');
  });

  it('says truly which split scored, and which chose and is reported', () => {
    expect(writeModelCard(pruned, handMadeRecord())).toContain(
      'Channels were scored on the training split. The validation split stopped the run, chose the round and gave its numbers.',
    );
  });

  it('always states its limits, and never promises fairness', () => {
    for (const record of [null, handMadeRecord(), withTestLook(handMadeRecord())]) {
      const card = writeModelCard(pruned, record);
      expect(card).toContain('## Limits');
      expect(card).toContain('Not a medical device');
      expect(card).not.toMatch(/fair model|debiased|solved/i);
    }
  });
});

it('a record that was read from a file says so where it was made and where it was measured', () => {
  const card = writeModelCard(pruned, markImported(handMadeRecord(), '2026-02-01T10:00:00.000Z'));
  expect(card.match(/Not computed here: this run was read from a file on 1 February 2026/g)).toHaveLength(2);
  expect(writeModelCard(pruned, handMadeRecord())).not.toContain('computed here');
});

describe('a card of hostile names', () => {
  it.each(hostileNames)('%j changes neither its parts nor its tables, and is no link, image or markup', (name) => {
    const record = handMadeRecord();
    const named: RunRecord = {
      ...record,
      layer: name,
      dataset: { ...record.dataset, name, classNames: [name, 'b'], groupNames: [name, 'b'], sensitiveAttribute: name },
      model: { ...record.model, name, trainedOn: { datasetId: datasetId('x'), name, trainSplitHash: name } },
    };
    const model: LabModel = {
      ...pruned,
      name,
      classNames: [name, 'b'],
      originalChannels: { [name]: [0] },
      prunedFrom: { id: modelId('x'), name },
      notes: [name],
      importReport: {
        format: name,
        found: name,
        lines: [],
        assumed: [{ key: 'k', question: name, value: name, label: name }],
      },
    };
    const plain = JSON.parse(JSON.stringify([model, named]).replaceAll(JSON.stringify(name), '"plain"')) as [
      LabModel,
      RunRecord,
    ];
    expect(shapeOf(writeModelCard(model, named))).toEqual(shapeOf(writeModelCard(...plain)));
  });
});

/** What a reader of Markdown makes of a text: its blocks, with how many cells their tables have, and the kinds of what stands in lines. */
function shapeOf(markdown: string) {
  const blocks = marked.lexer(markdown);
  const inline = new Set<string>();
  void marked.walkTokens(blocks, ({ type }) => void inline.add(type));
  for (const kind of ['text', 'escape']) inline.delete(kind);
  return {
    blocks: blocks.map((block) => {
      if (block.type === 'table') return ['table', block.header.length, block.rows.length];
      return block.type === 'list' ? ['list', block.items.length] : [block.type];
    }),
    kinds: [...inline].sort(),
  };
}
