import { markdownRow } from '../foundation/escape/escapeMarkdown';
import { describeAllSettings, describeSettings, type SettingField } from '../foundation/setting';
import { methods } from '../methods/methods';
import { runConfigSchema } from '../recipe/runConfig';

/** Every setting of a run and of every method, as Markdown: the text of `docs/settings.md`. */
export function settingsReference(): string {
  const described = methods
    .list()
    .map((method) => ({ method, fields: describeSettings(method.settings) }))
    .filter(({ fields }) => fields.length > 0);
  return [
    '# Settings',
    '',
    'Made of the schemas by `npm run docs:settings`; a test holds it to them.',
    '',
    '## A run',
    'The part `run` of a settings file. `fineTune` has the same settings as `training` of a model that is trained.',
    '',
    ...table(describeAllSettings(runConfigSchema)),
    ...described.flatMap(({ method, fields }) => [
      '',
      `## The method ${method.id}`,
      method.meaning,
      '',
      ...table(fields),
    ]),
    '',
  ].join('\n');
}

function table(fields: readonly SettingField[]): string[] {
  return [
    markdownRow(['setting', 'in forms', 'default', 'can be', 'unit', 'meaning']),
    '|---|---|---|---|---|---|',
    ...fields.map(({ name, label, initial, range, unit, meaning }) =>
      markdownRow([name, label, initial === null ? 'none' : String(initial), range, unit ?? '', meaning]),
    ),
  ];
}
