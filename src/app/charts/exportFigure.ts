import { escapeXml } from '../../foundation/escape/escapeXml';

const paintProperties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-size',
  'font-weight',
  'font-family',
  'text-anchor',
  'paint-order',
] as const;

export interface FigureText {
  title: string;
  sample: string;
  caption: string;
}

const headHeight = 48;
const footHeight = 28;

/** One SVG file of all drawings inside a figure, with title, sample size and caption, and every style written out. */
export function figureToSvg(drawing: HTMLElement, text: FigureText): { svg: string; width: number; height: number } {
  const frame = drawing.getBoundingClientRect();
  const width = Math.ceil(frame.width);
  const captionLines = wrapText(text.caption, Math.floor((width - 16) / 6));
  const height = Math.ceil(frame.height) + headHeight + footHeight + 16 * (captionLines.length - 1);
  const page = getComputedStyle(document.documentElement);
  const ink = page.getPropertyValue('--ink').trim();
  const paper = page.getPropertyValue('--panel').trim();
  const font = getComputedStyle(document.body).fontFamily;

  const drawings = [
    ...drawing.querySelectorAll<SVGSVGElement>('svg[role="application"], svg.recharts-surface, svg[data-figure]'),
  ].map((source) => {
    const place = source.getBoundingClientRect();
    const copy = copyWithStyles(source);
    return `<g transform="translate(${place.left - frame.left} ${place.top - frame.top + headHeight})">${copy}</g>`;
  });
  const caption = captionLines
    .map((line, index) => `<tspan x="8" dy="${index === 0 ? 0 : 16}">${escapeXml(line)}</tspan>`)
    .join('');
  const captionTop = Math.ceil(frame.height) + headHeight + 18;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeXml(font)}" fill="${escapeXml(ink)}">`,
    `<rect width="100%" height="100%" fill="${escapeXml(paper)}"/>`,
    `<text x="8" y="20" font-size="14" font-weight="600">${escapeXml(text.title)}</text>`,
    `<text x="8" y="38" font-size="12">${escapeXml(text.sample)}</text>`,
    ...drawings,
    `<text y="${captionTop}" font-size="12">${caption}</text>`,
    '</svg>',
  ].join('');
  return { svg, width, height };
}

/** The figure as a bitmap, `scale` times its size in CSS pixels. */
export async function svgToPng({ svg, width, height }: ReturnType<typeof figureToSvg>, scale: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('The figure could not be drawn.'))),
        'image/png',
      );
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function copyWithStyles(source: SVGSVGElement): string {
  const copy = source.cloneNode(true);
  if (!(copy instanceof SVGSVGElement)) return '';
  const originals = [source, ...source.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, index) => {
    const style = getComputedStyle(originals[index]!);
    for (const property of paintProperties) {
      const value = style.getPropertyValue(property);
      if (value && !value.includes('url(')) element.setAttribute(property, value.replaceAll('"', "'"));
    }
    element.removeAttribute('class');
    element.removeAttribute('style');
  });
  copy.setAttribute('overflow', 'visible');
  return new XMLSerializer().serializeToString(copy);
}

function wrapText(text: string, lineLength: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1]!;
    if (last.length + word.length + 1 > lineLength && last) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}
