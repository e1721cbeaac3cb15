// npm start: installs if needed, builds, and serves the lab on this machine.
import { ensureInstalled } from './ensureInstalled.mjs';

ensureInstalled();
const { ensureBuilt } = await import('./ensureBuilt.mjs');
await ensureBuilt();
const { servePage } = await import('./servePage.mjs');
const { url } = await servePage({ port: Number(process.env.PORT ?? 4173) });
console.log(`\n  SNNL-Fair Lab is at ${url}\n  Images you drop there stay on this machine. Ctrl-C ends it.\n`);
