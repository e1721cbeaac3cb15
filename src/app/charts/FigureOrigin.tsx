import { createContext, type ReactNode, useContext } from 'react';
import { originWordsOf } from '../../recipe/describeOrigin';
import type { RunRecord } from '../../recipe/runRecord';

const OriginContext = createContext('');

interface FigureOriginProps {
  /** The runs whose results the figures show. */
  runs: readonly Pick<RunRecord, 'origin'>[];
  children: ReactNode;
}

/** Says in every figure inside, on the page and in the files that are saved of it, which runs were not computed here. */
export function FigureOrigin({ runs, children }: FigureOriginProps) {
  return <OriginContext value={originWordsOf(runs)}>{children}</OriginContext>;
}

/** The words for a figure; empty when all in it was computed here. */
export function useFigureOrigin(): string {
  return useContext(OriginContext);
}
