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
    <App store={createLabStore(createWorkerEngine())} />
  </StrictMode>,
);
