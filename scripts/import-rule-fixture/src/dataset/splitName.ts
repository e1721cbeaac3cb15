// Breaks the import rules on purpose: what is for all floors reaches into one. The check proves that the rule bites.
import { dataset } from './stored/dataset';

export const reached = dataset;
