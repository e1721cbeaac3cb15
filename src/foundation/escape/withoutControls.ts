/**
 * Signs that are not seen and change what is shown around them: control signs, which a terminal takes as commands, and those that
 * turn the direction of what follows. Tabs and line ends are left to whoever calls.
 */
// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g;

/** A text whose control signs are seen, each as �. */
export function withoutControls(text: string): string {
  return text.replaceAll(controls, '\uFFFD');
}
