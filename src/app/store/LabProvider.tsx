import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { LabActions } from './createLabActions';
import type { LabStore } from './createLabStore';
import type { LabState } from './labState';

const LabContext = createContext<LabStore | null>(null);

export function LabProvider({ store, children }: { store: LabStore; children: ReactNode }) {
  return <LabContext value={store}>{children}</LabContext>;
}

/** A part of the page's state. The selector returns something already in the state, or a plain value. */
export function useLab<T>(select: (state: LabState) => T): T {
  return useStore(useLabStore(), select);
}

export function useLabActions(): LabActions {
  return useStore(useLabStore(), ({ actions }) => actions);
}

function useLabStore(): LabStore {
  const store = useContext(LabContext);
  if (store === null) throw new Error('useLab needs a LabProvider above it.');
  return store;
}
