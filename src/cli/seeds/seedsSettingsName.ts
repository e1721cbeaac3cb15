/** The file in which a folder of several seeds tells whose seeds they are. */
export const seedsSettingsName = 'seeds-settings.json';
