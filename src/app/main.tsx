import './tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createWorkerEngine } from '../engine/client/workerEngine';
import { App } from './App';
import { loadStepPanels } from './panels/stepPanels';
import { createLabStore } from './store/createLabStore';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with id "root".');

createRoot(root).render(
  <StrictMode>
    <App store={createLabStore(createWorkerEngine({ backend: wantedBackend() }))} />
  </StrictMode>,
);

whenIdle(() => {
  // A step that did not load says so where it is opened, and is loaded again then.
  loadStepPanels().catch(() => undefined);
});

/** Does something once the browser has nothing else to do; Safari, which does not say when, after a second. */
function whenIdle(act: () => void) {
  if ('requestIdleCallback' in window) window.requestIdleCallback(act);
  else setTimeout(act, 1000);
}

/** The backend that the page's address asks for: `?backend=wasm` or `?backend=webgpu`. */
function wantedBackend() {
  const wanted = new URLSearchParams(window.location.search).get('backend');
  return wanted === 'wasm' || wanted === 'webgpu' ? wanted : null;
}
