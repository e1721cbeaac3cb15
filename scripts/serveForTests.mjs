// Builds if needed and serves the page on the given port, for the end-to-end tests.
import { ensureBuilt } from './ensureBuilt.mjs';
import { servePage } from './servePage.mjs';

await ensureBuilt();
await servePage({ port: Number(process.argv[2]) });
