// npm start: installs if needed, builds, and serves the lab on this machine.
import { ensureInstalled } from './ensureInstalled.mjs';

const wanted = readPort(process.env.PORT ?? '4173');
ensureInstalled();
const { ensureBuilt } = await import('./ensureBuilt.mjs');
await ensureBuilt();
const { servePage } = await import('./servePage.mjs');
const { url, port } = await servePage({ port: wanted });
console.log(`\n  SNNL-Fair Lab is at ${url}\n  Images you drop there stay on this machine. Ctrl-C ends it.\n`);
if (port !== wanted) {
  console.log(
    `  Port ${wanted} is in use. The browser keeps data by address: what you stored at the other one stays there.\n`,
  );
}

function readPort(text) {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  console.error(`PORT is "${text}". Give a whole number from 1 to 65535, or leave it out.`);
  process.exit(2);
}
