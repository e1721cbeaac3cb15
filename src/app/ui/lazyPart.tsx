import { type ComponentType, type ReactNode, useEffect, useState } from 'react';

/** A component whose code comes in a file of its own. */
export interface LazyPart<Props extends object> {
  /** Draws it: at once when its code is here, else its placeholder until then. */
  Part: ComponentType<Props>;
  /** Loads its code without drawing it. @throws whatever the browser throws when a file cannot be loaded */
  load: () => Promise<void>;
}

/**
 * A part of the page that is loaded when it is first drawn, or before that by `load`. A part that is here is drawn in the same
 * turn. A load that failed throws while the part is drawn, and drawing the part anew tries again: React's `lazy` would
 * keep the failure until the page is loaded anew.
 *
 * @param read imports the file and picks its component
 * @param placeholder stands where the part will stand, with its size
 */
export function lazyPart<Props extends object>(
  read: () => Promise<ComponentType<Props>>,
  placeholder: ReactNode,
): LazyPart<Props> {
  let loaded: ComponentType<Props> | null = null;
  async function load() {
    loaded ??= await read();
  }
  function Part(props: Props) {
    const [Loaded, setLoaded] = useState(() => loaded);
    const [failure, setFailure] = useState<{ thrown: unknown } | null>(null);
    useEffect(() => {
      let isGone = false;
      const show = () => !isGone && setLoaded(() => loaded);
      const fail = (thrown: unknown) => !isGone && setFailure({ thrown });
      if (Loaded === null) void load().then(show, fail);
      return () => {
        isGone = true;
      };
    }, [Loaded]);
    if (failure) throw failure.thrown;
    return Loaded ? <Loaded {...props} /> : placeholder;
  }
  return { Part, load };
}
