import { Button as AriaButton, type ButtonProps } from 'react-aria-components';
import styles from './Button.module.css';

type Look = 'main' | 'plain' | 'quiet';

export function Button({ look = 'plain', ...props }: ButtonProps & { look?: Look }) {
  return <AriaButton {...props} className={`${styles.button} ${styles[look]}`} />;
}
