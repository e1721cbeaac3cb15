import './tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createWorkerEngine } from '../engine/client/workerEngine';
import { App } from './App';
import { createLabStore } from './store/createLabStore';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with id "root".');

createRoot(root).render(
  <StrictMode>
    <App store={createLabStore(createWorkerEngine({ backend: wantedBackend() }))} />
  </StrictMode>,
);

/** The backend that the page's address asks for: `?backend=wasm` or `?backend=webgpu`. */
function wantedBackend() {
  const wanted = new URLSearchParams(window.location.search).get('backend');
  return wanted === 'wasm' || wanted === 'webgpu' ? wanted : null;
}
