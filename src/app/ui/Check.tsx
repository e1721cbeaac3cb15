import type { ReactNode } from 'react';
import { Checkbox } from 'react-aria-components';
import styles from './Fields.module.css';

interface CheckProps {
  isSelected: boolean;
  onChange(isSelected: boolean): void;
  isDisabled?: boolean;
  children: ReactNode;
}

export function Check({ children, ...props }: CheckProps) {
  return (
    <Checkbox {...props} className={styles.check}>
      {({ isSelected }) => (
        <>
          <span className={styles.box} aria-hidden="true">
            {isSelected ? '✓' : ''}
          </span>
          <span>{children}</span>
        </>
      )}
    </Checkbox>
  );
}
