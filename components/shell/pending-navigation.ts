import { useEffect, useOptimistic } from "react";

type Listener = (href: string) => void;

const listeners = new Set<Listener>();

/** Records that a navigation has begun; call it inside the transition that navigates. */
export function beginNavigation(href: string): void {
  for (const listener of listeners) listener(href);
}

/** The path of the pending navigation, from the press until its page is shown; null if there is none. */
export function usePendingNavigation(): string | null {
  const [ahead, setAhead] = useOptimistic<string | null>(null);
  useEffect(() => {
    const listener = (href: string) => setAhead(new URL(href, location.href).pathname);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, [setAhead]);
  return ahead;
}
