/** Directives of the policy: the page reaches nothing but its own server, and nobody may frame it. */
const policy = {
  'default-src': "'self'",
  'connect-src': "'self'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'worker-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' data: blob:",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

/** Headers of every answer, whoever serves: cross-origin isolation, types as they are sent, no address told elsewhere. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};

/** Headers of the built page. */
export const securityHeaders = { ...isolation, 'Content-Security-Policy': asHeader(policy) };

/**
 * Headers of Vite's development server: the same, but for scripts inside the page, which Vite puts there to reload it.
 */
export const developmentHeaders = {
  ...isolation,
  'Content-Security-Policy': asHeader({ ...policy, 'script-src': `${policy['script-src']} 'unsafe-inline'` }),
};

/** Headers for tests in a browser: Vitest frames the page that it tests, and its runner evaluates code there. */
export const testHeaders = isolation;

function asHeader(directives) {
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join('; ');
}
