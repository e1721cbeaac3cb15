import { preview } from 'vite';

/**
 * Serves the built page with its security headers.
 * @param {{ port: number }} options the first port to try; the next free one is taken
 */
export async function servePage({ port }) {
  const server = await preview({ preview: { port, strictPort: false }, logLevel: 'warn' });
  const { port: taken } = server.httpServer.address();
  return { url: `http://localhost:${taken}/`, origin: `http://127.0.0.1:${taken}/`, close: () => server.close() };
}
