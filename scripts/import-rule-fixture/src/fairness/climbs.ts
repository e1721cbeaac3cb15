// Breaks the import rules on purpose: the pure room reaches up into the page. The check proves that the rule bites.
import { page } from '../app/page';

export const climbed = page;
