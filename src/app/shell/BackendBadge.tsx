import { Button, Tooltip, TooltipTrigger } from 'react-aria-components';
import type { Environment } from '../../recipe/runRecord';
import { useLab } from '../store/LabProvider';
import styles from './TopBar.module.css';

const backendNames: Record<Environment['backend'], string> = { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' };

/** What computes, and on hover or focus why it was chosen. */
export function BackendBadge() {
  const environment = useLab((state) => state.environment);
  const engineDown = useLab((state) => state.engineDown);
  const text = environment
    ? `${backendNames[environment.backend]} · ${environment.device}`
    : engineDown
      ? 'No engine'
      : 'Starting the engine …';
  const isVerified = environment?.selfTest?.failures.length === 0;
  const reason = environment
    ? `${environment.reason} Lab ${environment.labVersion}, tfjs ${environment.tfjsVersion}.${environment.storeNote ? ` ${environment.storeNote}` : ''}`
    : engineDown
      ? 'Nothing can be computed until a new worker is started.'
      : 'The engine is choosing a backend and testing it.';
  return (
    <TooltipTrigger delay={200}>
      <Button className={styles.badge} aria-label={`Backend: ${text}${isVerified ? ', verified on this device' : ''}`}>
        {isVerified ? `✓ ${text}` : text}
      </Button>
      <Tooltip className={styles.tooltip} placement="bottom end" offset={6}>
        {reason}
      </Tooltip>
    </TooltipTrigger>
  );
}
