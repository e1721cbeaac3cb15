import { once } from 'node:events';
import { createServer } from 'node:http';
import sirv from 'sirv';
import { securityHeaders } from './securityHeaders.mjs';

const host = '127.0.0.1';
/** How many ports after the first are tried. */
const portsToTry = 100;
/** Vite names these after their content. */
const hashedFiles = /^\/assets\//;

/**
 * Serves a built page to this machine, with its security headers. Only files that are there are served: no listing, no page
 * in place of a missing file, nothing whose name begins with a dot.
 *
 * @param {{ port: number, folder?: string }} options the first port to try, after which the next free one is taken (0: any
 *   free port); the folder that is served, `dist` when left out
 */
export async function servePage({ port, folder = 'dist' }) {
  const server = await listenOnFreePort(answerFrom(folder), port);
  const { port: taken } = server.address();
  return {
    url: `http://localhost:${taken}/`,
    origin: `http://${host}:${taken}/`,
    port: taken,
    close: () => closeServer(server),
  };
}

function answerFrom(folder) {
  // Files are looked up at each request (`dev`): a build that replaces them while they are served must not end the server.
  const serveFile = sirv(folder, {
    dev: true,
    etag: true,
    setHeaders(response, path) {
      if (hashedFiles.test(path)) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    },
    onNoMatch: (_request, response) => refuse(response, 404, 'There is no such file here.'),
  });
  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return refuse(response, 405, 'Files are read here, nothing else.');
    }
    if (hasHiddenPart(request.url)) return refuse(response, 404, 'There is no such file here.');
    // Whole files only: nothing in the page asks for parts of one.
    delete request.headers.range;
    return serveFile(request, response);
  };
}

function hasHiddenPart(url) {
  const [path] = url.split('?', 1);
  return path
    .replaceAll(/%2e/gi, '.')
    .split(/\/|\\|%2f|%5c/i)
    .some((part) => part.startsWith('.'));
}

function refuse(response, status, message) {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(`${message}\n`);
}

async function listenOnFreePort(answer, first) {
  const last = first === 0 ? 0 : Math.min(first + portsToTry, 65_535);
  for (let port = first; port <= last; port++) {
    const server = createServer(answer);
    try {
      server.listen(port, host);
      await once(server, 'listening');
      return server;
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`No port from ${first} to ${last} is free. End what uses them, or set PORT to another.`);
}

function closeServer(server) {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
