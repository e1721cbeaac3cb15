/** A Fitzpatrick skin type as the demo draws it. */
export interface SkinType {
  /** 1 (lightest) to 6 (darkest). */
  type: number;
  roman: string;
  /** Typical colour under a clinical lamp, 0 … 255. */
  colour: readonly [number, number, number];
}

export const skinTypes: readonly SkinType[] = [
  { type: 1, roman: 'I', colour: [236, 201, 184] },
  { type: 2, roman: 'II', colour: [226, 184, 160] },
  { type: 3, roman: 'III', colour: [207, 162, 132] },
  { type: 4, roman: 'IV', colour: [174, 126, 95] },
  { type: 5, roman: 'V', colour: [136, 92, 67] },
  { type: 6, roman: 'VI', colour: [102, 68, 52] },
];

/** Types of group 0 (dark, unprivileged) and group 1 (light, privileged). */
export const typesOfGroup: readonly [readonly SkinType[], readonly SkinType[]] = [
  skinTypes.slice(3),
  skinTypes.slice(0, 3),
];
