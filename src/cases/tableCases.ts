import { checkAuditCases } from './auditCases';
import type { CaseRow } from './caseRow';
import { checkDataCases } from './dataCases';
import { readExpected } from './expectedReadings';

/**
 * Reads the tables of predictions and the sets of images below a folder of cases. Nothing is computed and no image is
 * decoded.
 */
export async function checkTableCases(folder: string): Promise<CaseRow[]> {
  const expected = await readExpected(folder);
  return [...(await checkAuditCases(folder, expected)), ...(await checkDataCases(folder, expected))];
}
