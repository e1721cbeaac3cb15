import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { developmentHeaders, testHeaders } from './scripts/securityHeaders.mjs';
import { wasmFiles } from './scripts/wasmFiles.mjs';

/** Serves and emits the tfjs WASM binaries under `/wasm/`, straight from the installed package. */
function tfjsWasmBinaries(): Plugin {
  return {
    name: 'tfjs-wasm-binaries',
    configureServer(server) {
      server.middlewares.use('/wasm/', (request, response, next) => {
        const file = wasmFiles().find(({ name }) => request.url === `/${name}`);
        if (!file) return next();
        response.setHeader('Content-Type', 'application/wasm');
        response.end(file.read());
      });
    },
    generateBundle() {
      for (const { name, read } of wasmFiles()) {
        this.emitFile({ type: 'asset', fileName: `wasm/${name}`, source: read() });
      }
    },
  };
}

export default defineConfig({
  // The page is in English: react-aria's words in 33 other languages stay out of it.
  plugins: [{ ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' as const }, react(), tfjsWasmBinaries()],
  worker: { format: 'es' },
  build: { target: 'es2023', chunkSizeWarningLimit: 2500, rollupOptions: { input: ['index.html', 'headless.html'] } },
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      '@tensorflow/tfjs-backend-cpu',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-backend-webgpu',
      'onnx-proto',
    ],
  },
  server: { host: '127.0.0.1', headers: process.env.VITEST ? testHeaders : developmentHeaders },
});
