// Breaks the import rules on purpose: the lowest floor reaches up. The check proves that the rule bites.
import { dataset } from '../stored/dataset';

export const climbed = dataset;
