// Breaks the import rules on purpose: a floor reaches into the one beside it. The check proves that the rule bites.
import { decode } from '../images/decode';

export const crossed = decode;
