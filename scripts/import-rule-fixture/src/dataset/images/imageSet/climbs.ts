// Breaks the import rules on purpose: a folder reaches into the floor around it. The check proves that the rule bites.
import { decode } from '../decode';

export const climbed = decode;
