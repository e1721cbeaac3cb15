/** Version of the lab, written into every record and export. Kept equal to package.json by a test. */
export const labVersion = '0.1.0';
