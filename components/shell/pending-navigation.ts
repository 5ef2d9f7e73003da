import { useEffect, useOptimistic } from "react";

type Listener = (href: string) => void;

const listeners = new Set<Listener>();

/** Tells that one is on the way to an address; to be called inside the transition that leads there. */
export function beginNavigation(href: string): void {
  for (const listener of listeners) listener(href);
}

/** The path that one is on the way to, from a press until its page is shown; null while one is not. */
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
