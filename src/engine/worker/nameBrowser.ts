/** What a browser says of itself; `userAgentData` where it is Chromium on a safe page. */
export interface BrowserWords {
  userAgent: string;
  userAgentData?: { brands: readonly { brand: string; version: string }[] };
}

/** Engines by their mark in a user agent, those first that also carry the marks of others. */
const engines: readonly [name: string, mark: RegExp][] = [
  ['Chromium', /\b(?:Chrom(?:e|ium)|HeadlessChrome)\/(\d+)/],
  ['Firefox', /\bFirefox\/(\d+)/],
  ['WebKit', /\bVersion\/(\d+(?:\.\d+)?)/],
  ['WebKit', /\bAppleWebKit\/(\d+)/],
];

/**
 * A browser's engine and its version, `Chromium 141`: browsers of one engine decode and compute alike.
 * @returns `unnamed browser` when it does not say
 */
export function nameBrowser({ userAgent, userAgentData }: BrowserWords): string {
  const brand = userAgentData?.brands.find((each) => each.brand === 'Chromium');
  if (brand) return `Chromium ${brand.version}`;
  for (const [name, mark] of engines) {
    const version = mark.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return 'unnamed browser';
}
