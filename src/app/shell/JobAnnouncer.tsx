import { useState } from 'react';
import { useLab } from '../store/LabProvider';
import type { LabState } from '../store/labState';
import { stageOrder } from '../store/labState';
import { stageTitles } from './steps';

/** Says to screen readers when a job starts and how it ends. Progress itself is not read out. */
export function JobAnnouncer() {
  const statuses = useLab(statusList);
  const [spoken, setSpoken] = useState({ statuses, text: '' });
  if (spoken.statuses !== statuses) {
    setSpoken({ statuses, text: announcement(spoken.statuses, statuses) ?? spoken.text });
  }
  return (
    <span role="status" aria-live="polite" className="visually-hidden">
      {spoken.text}
    </span>
  );
}

/** One text, so that it stays the same while no status changes. */
function statusList({ stages }: LabState): string {
  return stageOrder.map((name) => stages[name].status).join(' ');
}

const endWords: Record<string, string> = {
  running: 'has started',
  done: 'is done',
  failed: 'has failed',
  cancelled: 'was cancelled',
};

function announcement(before: string, now: string): string | null {
  const old = before.split(' ');
  const current = now.split(' ');
  const changed = stageOrder.findIndex(
    (_, index) => old[index] !== current[index] && (old[index] === 'running' || current[index] === 'running'),
  );
  const word = endWords[current[changed] ?? ''];
  return changed < 0 || !word ? null : `${stageTitles[stageOrder[changed]!]} ${word}.`;
}
