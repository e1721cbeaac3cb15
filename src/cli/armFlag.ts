import { importances } from '../importance/importances';
import type { Flag } from './flag';

/**
 * A flag that names an arm of a run. Its help names those that this lab can compute, as they are when it is read; a run of
 * another lab can have others, so that the run decides what is refused.
 */
export function armFlag(help: string): Flag<string> {
  return {
    value: 'NAME',
    get help() {
      return `${help}: ${importances.ids().join(', ')}`;
    },
    read: (text) => text,
  };
}
