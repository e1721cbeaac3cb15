import { expect, it } from 'vitest';
import { nameBrowser } from './nameBrowser';

it.each([
  [
    'Chromium 141',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/141.0.0.0 Safari/537.36',
  ],
  [
    'Chromium 140',
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0',
  ],
  ['Firefox 128', 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0'],
  ['WebKit 18.2', 'Mozilla/5.0 (Macintosh) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.2 Safari/605.1.15'],
  ['unnamed browser', ''],
])('names %s by its user agent', (name, userAgent) => {
  expect(nameBrowser({ userAgent })).toBe(name);
});

it('goes by the brands where there are some', () => {
  const userAgentData = {
    brands: [
      { brand: 'Not A Brand', version: '8' },
      { brand: 'Chromium', version: '142' },
    ],
  };
  expect(nameBrowser({ userAgent: 'Chrome/1', userAgentData })).toBe('Chromium 142');
});
