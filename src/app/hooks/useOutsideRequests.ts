import { useEffect, useState } from 'react';
import { isOutside } from './isOutside';

/** How many resources this page has loaded from anywhere but its own server. */
export function useOutsideRequests(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (typeof PerformanceObserver === 'undefined') return;
    const observer = new PerformanceObserver((list) => {
      const outside = list.getEntries().filter(({ name }) => isOutside(name, location.origin)).length;
      if (outside > 0) setCount((before) => before + outside);
    });
    observer.observe({ type: 'resource', buffered: true });
    return () => observer.disconnect();
  }, []);
  return count;
}
