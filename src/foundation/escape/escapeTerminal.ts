import { withoutControls } from './withoutControls';

/** Text of one or more lines for a terminal: no sign in it moves the cursor, colours, clears or turns what is shown. */
export function escapeTerminal(text: string): string {
  return withoutControls(text.replaceAll('\r\n', '\n'));
}

/** {@link escapeTerminal} for a sentence or a cell: a name in it begins no line that looks as if the lab had written it. */
export function escapeTerminalLine(text: string): string {
  return withoutControls(text.replaceAll(/\s+/g, ' '));
}

/** A JSON text for a terminal and for programs alike: signs that JSON allows as they are become escapes that read the same. */
export function escapeJsonLine(json: string): string {
  return json.replaceAll(unescaped, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const unescaped = /[\u007F-\u009F\u2028-\u202E\u2066-\u2069]/g;
