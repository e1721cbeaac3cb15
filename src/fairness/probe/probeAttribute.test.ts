import { describe, expect, it } from 'vitest';
import { createJobControl, createSilentContext } from '../../foundation/createJobControl';
import { createRandom } from '../../foundation/random';
import reference from '../golden/referenceTests.json';
import { assignFolds } from './assignFolds';
import { fitLogistic } from './fitLogistic';
import { crossValidateProbe, defaultProbeSettings, type ProbeInput, probeAttribute } from './probeAttribute';

describe('fitLogistic against scikit-learn', () => {
  for (const item of reference.fits) {
    it(`finds the same weights with ${item.width} features and a ridge of ${item.ridge}`, () => {
      const model = fitLogistic(
        {
          features: Float64Array.from(item.features),
          targets: Uint8Array.from(item.targets),
          width: item.width,
        },
        item.ridge,
      );
      // scikit-learn's solver stops at a gradient of about 1e-6 of its own accord; a flat optimum is known to 1e-4.
      const tolerance = 3e-4;
      expect(Math.abs(model.intercept - item.intercept)).toBeLessThan(
        tolerance * Math.max(1, Math.abs(item.intercept)),
      );
      for (const [j, weight] of item.weights.entries()) {
        expect(Math.abs(model.weights[j]! - weight)).toBeLessThan(tolerance * Math.max(1, Math.abs(weight)));
      }
    });
  }

  it('has a finite fit of groups that a line divides', () => {
    const model = fitLogistic({ features: Float64Array.of(-1, 1), targets: Uint8Array.of(0, 1), width: 1 }, 1);
    // w = 2 / (1 + exp(w)), by symmetry without an intercept; about 0.675.
    expect(model.weights[0]! * (1 + Math.exp(model.weights[0]!))).toBeCloseTo(2, 9);
    expect(model.intercept).toBeCloseTo(0, 12);
  });
});

describe('crossValidateProbe against scikit-learn', () => {
  for (const [index, item] of reference.probes.entries()) {
    it(`has the same AUC in every fold, case ${index} of ${item.groupCount} groups`, async () => {
      const { groups, groupCount } = item;
      const input = { features: Float32Array.from(item.features), groups, groupCount, clusters: null };
      const settings = { folds: 4, ridge: 1 };
      const probe = await crossValidateProbe(input, Int32Array.from(item.folds), settings, createSilentContext());
      for (const [fold, auc] of item.aucByFold.entries()) expect(probe.aucByFold[fold]).toBeCloseTo(auc, 12);
    });
  }
});

/** Features of which the first knows the group to a degree. */
function simulate(n: number, shift: number, seed = 1): ProbeInput {
  const random = createRandom(seed, 'features');
  const groups = Array.from({ length: n }, () => random.integer(2));
  const features = Float32Array.from(groups.flatMap((group) => [random.normal() + shift * group, random.normal()]));
  return { features, groups, groupCount: 2, clusters: null };
}

const probe = (input: ProbeInput, change = {}) =>
  probeAttribute(input, { ...defaultProbeSettings, ...change }, createSilentContext());

describe('probeAttribute', () => {
  it('reads nothing from features that know nothing of the group, and all from those that are it', async () => {
    // The AUC of 1000 samples without a relation has a standard error of about 0.018.
    expect(Math.abs((await probe(simulate(1000, 0))).auc - 0.5)).toBeLessThan(0.06);
    expect((await probe(simulate(1000, 20))).auc).toBe(1);
  });

  it('finds the AUC that two normal distributions have', async () => {
    // Φ(1 / √2) = 0.7602; three standard errors of about 0.015.
    expect(Math.abs((await probe(simulate(1000, 1))).auc - 0.7602)).toBeLessThan(0.045);
  });

  it('divides no patient between folds: a feature that knows the patient alone is worth nothing', async () => {
    // Twenty patients of ten images each; their groups have nothing to do with their features.
    const random = createRandom(3, 'patients');
    const patients = Array.from({ length: 200 }, (_, i) => Math.floor(i / 10));
    const groups = patients.map((patient) => patient % 2);
    const features = Float32Array.from(
      patients.flatMap((patient) =>
        Array.from({ length: 20 }, (_, j) => (j === patient ? 1 : 0) + 0.01 * random.normal()),
      ),
    );
    const input = { features, groups, groupCount: 2, clusters: null };
    expect((await probe(input)).auc).toBeGreaterThan(0.99);
    const byPatient = await probe({ ...input, clusters: patients.map((patient) => `patient ${patient}`) });
    expect(byPatient.auc).toBeLessThan(0.8);
  });

  it('is the same for the same seed and reports its progress', async () => {
    const input = simulate(100, 1);
    expect(await probe(input)).toEqual(await probe(input));
    const fractions: number[] = [];
    const control = createJobControl('probe', ({ fraction }) => fractions.push(fraction));
    await probeAttribute(input, defaultProbeSettings, control.context);
    control.finish();
    expect(fractions.at(-1)).toBe(1);
    control.cancel();
    await expect(probeAttribute(input, defaultProbeSettings, control.context)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it.each([
    ['features that do not fit the samples', { features: new Float32Array(5) }, {}, 'shape-mismatch'],
    ['a feature that is no number', { features: new Float32Array(40).fill(Number.NaN) }, {}, 'predictions-invalid'],
    ['one fold', {}, { folds: 1 }, 'config-invalid'],
    ['no ridge', {}, { ridge: 0 }, 'config-invalid'],
    [
      'a group that is too small',
      { groups: Array.from({ length: 20 }, (_, i) => (i === 0 ? 1 : 0)) },
      {},
      'group-too-small',
    ],
  ])('refuses %s', async (_, input, settings, code) => {
    await expect(probe({ ...simulate(20, 1), ...input }, settings)).rejects.toMatchObject({ code });
  });
});

describe('assignFolds', () => {
  it('gives every fold its share of every group', () => {
    const groups = Array.from({ length: 50 }, (_, i) => (i < 10 ? 0 : 1));
    const folds = assignFolds(groups, 2, null, 5, 1);
    for (let fold = 0; fold < 5; fold++) {
      const members = groups.filter((_, i) => folds[i] === fold);
      expect(members.filter((group) => group === 0)).toHaveLength(2);
      expect(members).toHaveLength(10);
    }
  });
});
