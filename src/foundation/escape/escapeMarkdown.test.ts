import * as fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { hostileNames } from '../../testing/hostileNames';
import { escapeMarkdown, escapeMarkdownLine, markdownRow } from './escapeMarkdown';

const signs = Array.from('\\`*_{}[]()<>#+-.!|~$&;:/=0123 "\'abwx\n\t');
const texts = fc.oneof(
  fc.constantFrom(...hostileNames),
  fc.string({ unit: fc.constantFrom(...signs), minLength: 1, maxLength: 30 }),
);

/** The text as a reader of the page should see it. */
const seen = (text: string) => text.trim().replaceAll(/\s+/g, ' ');

/** A text as HTML shows it, by marked, which is CommonMark with GitHub's tables, links and strikethrough. */
function html(markdown: string): string {
  return marked.parse(markdown, { gfm: true, async: false });
}

function asHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

describe.each([
  ['a paragraph', (text: string) => escapeMarkdownLine(text), (text: string) => `<p>${text}</p>\n`],
  ['a heading', (text: string) => `## ${escapeMarkdownLine(text)}`, (text: string) => `<h2>${text}</h2>\n`],
  [
    'a list item',
    (text: string) => `- ${escapeMarkdownLine(text)}`,
    (text: string) => `<ul>\n<li>${text}</li>\n</ul>\n`,
  ],
  [
    'the middle of a line',
    (text: string) => `Name: ${escapeMarkdown(text.trim())}; more`,
    (text: string) => `<p>Name: ${text}; more</p>\n`,
  ],
])('in %s', (_, write, wrapped) => {
  it.each(hostileNames)('%j is shown as it is', (name) => {
    expect(html(write(name))).toBe(wrapped(asHtml(seen(name))));
  });

  it('any text is shown as it is', () => {
    fc.assert(
      fc.property(texts, (text) => {
        fc.pre(seen(text) !== '');
        expect(html(write(text))).toBe(wrapped(asHtml(seen(text))));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('in a table', () => {
  it.each(hostileNames)('%j is one cell', (name) => {
    const cells = [
      ...html(`${markdownRow(['a', name])}\n|---|---|\n${markdownRow([name, 'b'])}\n`).matchAll(
        /<t[hd]>(.*?)<\/t[hd]>/gs,
      ),
    ];
    expect(cells.map(([, cell]) => cell)).toEqual(['a', asHtml(seen(name)), asHtml(seen(name)), 'b']);
  });
});

it('numbers and intervals stay readable', () => {
  expect(markdownRow(['F1', '0.126 [0.081, 0.170]', '−0.5'])).toBe('| F1 | 0.126 [0.081, 0.170] | −0.5 |');
});
