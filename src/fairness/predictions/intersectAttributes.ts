/** A sensitive attribute: the group of each sample. */
export interface Attribute {
  name: string;
  /** Group of each sample, 0 … groupNames.length-1. */
  groups: number[];
  groupNames: string[];
}

/**
 * The groups that several attributes make together: one for each combination that occurs, in the order of the attributes'
 * own groups.
 *
 * @param attributes of the same samples; at least two
 */
export function intersectAttributes(attributes: readonly Attribute[]): Attribute {
  const count = attributes[0]!.groups.length;
  const codes = Array.from({ length: count }, (_, sample) =>
    attributes.reduce((code, { groups, groupNames }) => code * groupNames.length + groups[sample]!, 0),
  );
  const occurring = [...new Set(codes)].sort((a, b) => a - b);
  const positions = new Map(occurring.map((code, index) => [code, index]));
  return {
    name: attributes.map(({ name }) => name).join(' × '),
    groups: codes.map((code) => positions.get(code)!),
    groupNames: occurring.map((code) => nameOf(code, attributes)),
  };
}

function nameOf(code: number, attributes: readonly Attribute[]): string {
  const names: string[] = [];
  let rest = code;
  for (const { groupNames } of attributes.toReversed()) {
    names.unshift(groupNames[rest % groupNames.length]!);
    rest = Math.floor(rest / groupNames.length);
  }
  return names.join(' × ');
}
