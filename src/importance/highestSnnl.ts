import type { Importance } from './importance';

export const highestSnnl: Importance = {
  id: 'highest-snnl',
  label: 'Highest SNNL',
  source: 'The lab’s control: the order of SNNL-Fair turned round.',
  meaning: 'Ranks by the opposite of SNNL-Fair.',
  firstToGo: 'the channels whose maps tell the groups apart least',
  rank: async ({ scores }) => (await scores()).map((score) => -score),
};
