import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { wasmFiles } from './scripts/wasmFiles.mjs';

/** Cross-origin isolation and a policy that lets the page reach nothing but its own server. */
const securityHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const contentSecurityPolicy = [
  "default-src 'self'",
  "connect-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

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
  plugins: [react(), tfjsWasmBinaries()],
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
  server: { host: '127.0.0.1', headers: securityHeaders },
  preview: { host: '127.0.0.1', headers: { ...securityHeaders, 'Content-Security-Policy': contentSecurityPolicy } },
});
