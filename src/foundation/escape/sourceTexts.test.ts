import { describe, expect, it } from 'vitest';
import { escapeLatex, latexRow } from './escapeLatex';
import { escapeXml } from './escapeXml';
import { pythonList, pythonString } from './pythonString';

describe('Python', () => {
  // Expected texts are Python's own: repr() of each name, in double quotes, checked with ast.literal_eval of CPython 3.11.
  it.each([
    ['naevus', '"naevus"'],
    ['it’s "e"', '"it’s \\"e\\""'],
    ["''' + x", "\"''' + x\""],
    ['""" + "', '"\\"\\"\\" + \\""'],
    ['back\\', '"back\\\\"'],
    ['two\nlines\r\ttab', '"two\\nlines\\r\\ttab"'],
    ['\u0000\u007F', '"\\u0000\\u007f"'],
    ['😀', '"😀"'],
    ['half \ud83d', '"half \\ud83d"'],
  ])('%j', (text, source) => {
    expect(pythonString(text)).toBe(source);
  });

  it('lists', () => {
    expect(pythonList(['a', 'b"'])).toBe('["a", "b\\""]');
    expect(pythonList([])).toBe('[]');
  });
});

describe('SVG', () => {
  it('no sign ends the text or the attribute that it stands in', () => {
    expect(escapeXml(`<b onload="x">'&'</b>`)).toBe('&lt;b onload=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/b&gt;');
  });

  it('what XML cannot hold becomes �: control signs, and halves of characters', () => {
    expect(escapeXml('a\u0000b\u0008c\ud83dd\uFFFFe\tf😀')).toBe('a�b�c�d�e\tf😀');
  });
});

describe('LaTeX', () => {
  it('no sign is a command, ends a cell or begins a comment', () => {
    expect(escapeLatex('50 % & a_b #1 ${x}^2~\\input{y}\nz')).toBe(
      '50 \\% \\& a\\_b \\#1 \\$\\{x\\}\\textasciicircum{}2\\textasciitilde{}\\textbackslash{}input\\{y\\} z',
    );
  });

  it('a row that begins with a bracket or a star is no option of the line end before it', () => {
    expect(latexRow(['[2em]', '[0, 1]'])).toBe('{[}2em] & [0, 1] \\\\');
    expect(latexRow(['*', 'b'])).toBe('{*} & b \\\\');
  });
});
