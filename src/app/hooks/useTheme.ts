import { useEffect, useState } from 'react';
import { applyTheme, type Theme } from '../meaning';

const storageKey = 'snnl-fair-lab/theme';

/** The theme: the one chosen before, or else the system's. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(() => storedTheme() ?? systemTheme());
  useEffect(() => applyTheme(document.documentElement, theme), [theme]);
  return [
    theme,
    (chosen) => {
      localStorage.setItem(storageKey, chosen);
      setTheme(chosen);
    },
  ];
}

function storedTheme(): Theme | null {
  const stored = localStorage.getItem(storageKey);
  return stored === 'light' || stored === 'dark' ? stored : null;
}

function systemTheme(): Theme {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
