/**
 * A text as a string of Python source, in double quotes and on one line: JSON's escapes are Python's, too. It may stand
 * inside a docstring as well.
 */
export function pythonString(text: string): string {
  return JSON.stringify(text).replaceAll('\u007F', '\\u007f');
}

/** Texts as a list of Python source. */
export function pythonList(texts: readonly string[]): string {
  return `[${texts.map(pythonString).join(', ')}]`;
}
