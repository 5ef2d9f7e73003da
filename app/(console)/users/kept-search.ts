import { useEffect, useEffectEvent } from "react";

const KEY = "signet.users";

/** Keeps what was typed in this tab, so that it is there after a look at a user. It is never in a URL. */
export function keptSearch(typed: string): void {
  try {
    sessionStorage.setItem(KEY, typed);
  } catch {
    // The search is lost on reload: a browser may forbid its storage.
  }
}

/** Restores the kept search, once the page is alive. */
export function useKeptSearch(set: (typed: string) => void): void {
  const restore = useEffectEvent(() => {
    const kept = read();
    if (kept) set(kept);
  });
  useEffect(() => restore(), []);
}

function read(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}
