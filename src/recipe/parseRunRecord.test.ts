import { describe, expect, it } from 'vitest';
import { fullRecord, unprunedGaps } from '../testing/fullRecord';
import { handMadeRecord, withTestLook } from '../testing/handMadeRecord';
import { formatRunRecord, parseRunRecord } from './parseRunRecord';

/** The hand-made record as text, with one change to its JSON. */
function changed(path: string, value: unknown): string {
  const json: unknown = JSON.parse(formatRunRecord(handMadeRecord()));
  const keys = path.split('.');
  const last = keys.pop()!;
  const parent = keys.reduce((object, key) => (object as Record<string, unknown>)[key], json);
  (parent as Record<string, unknown>)[last] = value;
  return JSON.stringify(json);
}

function refusal(message: string) {
  return expect.objectContaining({ code: 'record-invalid', message: expect.stringContaining(message) });
}

describe('parseRunRecord', () => {
  it('gives back what was written; a score that is no number is null in the file and no number again when read', () => {
    const record = withTestLook(handMadeRecord());
    const text = formatRunRecord(record);
    expect(JSON.parse(text).baseline.scores.scores).toEqual([0.5, 0.25, null, 0.75]);
    const read = parseRunRecord(text);
    expect(read).toEqual(record);
    expect(read.baseline.scores.scores[2]).toBeNaN();
    expect(read.arms[0]!.rounds[1]!.scoresAfter.scores[1]).toBeNaN();
  });

  it('reads a record from before there was a self-test', () => {
    expect(parseRunRecord(changed('environment.selfTest', undefined)).environment.selfTest).toBeNull();
  });

  it('reads a record from before the mapping was kept', () => {
    expect(parseRunRecord(changed('dataset.mapping', undefined)).dataset.mapping).toBeNull();
  });

  it('reads evaluations with other readings of the gaps, and those from before there were any', () => {
    const summary = (n: number) => ({
      auc: null,
      brier: 0.2,
      ece: 0.1,
      reliability: [{ low: 0, high: 1, n, confidence: 0.7, accuracy: null }],
    });
    const gaps = { ...unprunedGaps, eoddShared: null };
    const detail = { gaps, scores: { overall: summary(8), groups: [summary(4), summary(4)], equityScaledAuc: 0.9 } };
    const { baseline } = parseRunRecord(changed('baseline.evaluation.detail', detail));
    expect(baseline.evaluation.detail).toEqual(detail);
    expect(parseRunRecord(changed('layer', 'conv2')).baseline.evaluation.detail).toBeUndefined();
    const fewer = { ...detail, gaps: { eopp0: 0.5 } };
    const read = parseRunRecord(changed('baseline.evaluation.detail', fewer)).baseline.evaluation.detail!;
    expect([read.gaps.eopp0, read.gaps.eoddSum]).toEqual([0.5, null]);
    expect(() => parseRunRecord(changed('baseline.evaluation.detail', { ...detail, gaps: { eopp0: 'much' } }))).toThrow(
      refusal('baseline.evaluation.detail.gaps'),
    );
  });

  it('reads the contests of the arms, and records from before there were any', () => {
    const { contests } = fullRecord();
    const given = { ...fullRecord(), testLooks: [] };
    expect(parseRunRecord(formatRunRecord(given)).contests).toEqual(contests);
    expect(parseRunRecord(changed('layer', 'conv2')).contests).toBeUndefined();
    const nobody = JSON.stringify({ ...given, contests: [{ ...contests![0], rival: 'nobody' }] });
    expect(() => parseRunRecord(nobody)).toThrow(refusal('contests.0.rival'));
  });

  it('reads where a record came from', () => {
    const origin = { kind: 'imported', at: '2026-02-01T10:00:00.000Z' };
    expect(parseRunRecord(changed('origin', origin)).origin).toEqual(origin);
    expect(parseRunRecord(changed('layer', 'conv2')).origin).toBeUndefined();
  });

  it('refuses what is not JSON', () => {
    expect(() => parseRunRecord('arm,round,layer')).toThrow(refusal('not JSON'));
    expect(() => parseRunRecord(formatRunRecord(handMadeRecord()).slice(0, -1))).toThrow(refusal('not JSON'));
  });

  it.each([
    ['another schema', changed('schema', 'snnl-fair-lab/model')],
    ['no schema', changed('schema', undefined)],
  ])('refuses %s as no run record', (_, text) => {
    expect(() => parseRunRecord(text)).toThrow(refusal('not a run record'));
  });

  it('refuses a later version, pointing to the lab that wrote it', () => {
    expect(() => parseRunRecord(changed('schemaVersion', 2))).toThrow(
      expect.objectContaining({
        code: 'record-invalid',
        message: 'The run record has a version that this lab cannot read.',
        hint: 'Open it with the version of the lab that wrote it.',
      }),
    );
  });

  it.each([
    ['layer', undefined],
    ['dataset.groupNames', undefined],
    ['dataset.groupNames', ['women']],
    ['arms.0.rounds.1.evaluation.report.eodd', undefined],
    ['arms.0.rounds.1.evaluation.report.eodd', null],
    ['baseline.scores.originalChannels', undefined],
    ['baseline.scores.scores.0', 'high'],
    ['config.pruning.ratio', 1],
    ['status', 'done'],
    ['testLooks', undefined],
  ])('names the field %s when it is %j', (field, value) => {
    expect(() => parseRunRecord(changed(field, value))).toThrow(refusal(`field "${field}`));
  });

  it.each(['null', '[]', '"run"', '7'])('refuses %s as no record', (text) => {
    expect(() => parseRunRecord(text)).toThrow(expect.objectContaining({ code: 'record-invalid' }));
  });
});
