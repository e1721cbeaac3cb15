import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askServer, serverLoss } from './askServer';

let server: Server;
let root: string;

beforeEach(async () => {
  server = createServer((request, response) => {
    response.statusCode = request.url === '/demo/baseline-1.zip' ? 200 : 404;
    response.end(request.method === 'HEAD' ? undefined : 'bytes');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  root = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
});
afterEach(() => close());

function close(): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

it('gives the answer of a server that is there, whatever its status', async () => {
  expect((await askServer(`${root}demo/baseline-1.zip`)).status).toBe(200);
  expect((await askServer(`${root}demo/other.zip`)).status).toBe(404);
  expect(await serverLoss(root)).toBeNull();
});

it('names the file and the server once the server has gone', async () => {
  await close();
  await expect(askServer(`${root}demo/baseline-1.zip`)).rejects.toMatchObject({
    code: 'server-unreachable',
    message: 'The lab’s own server does not answer: baseline-1.zip could not be read.',
    hint: expect.stringContaining('npm start'),
  });
  expect(await serverLoss(root)).toMatchObject({
    code: 'server-unreachable',
    message: 'The lab’s own server does not answer.',
  });
});
