"use client";

import { useQueryClient } from "@tanstack/react-query";
// Every navigation without a link uses this context: shortcuts, the palette, filters and forms.
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { type ReactNode, useCallback, useContext, useEffect, useMemo, useRef } from "react";
import { useAnnounce } from "./announcer";
import { hasFailed, isAway, liveFailureOf } from "./live";
import { linkOf } from "./unmodified-click";

type Props = {
  /** Whether the server is unreachable at the moment. */
  isHolding: boolean;
  tryNow: () => Promise<void>;
  children: ReactNode;
};

/**
 * Blocks navigation while the server is unreachable, because it would replace the page with a browser error. Each
 * attempt first checks the server once more; navigation within the page resumes when the server responds.
 */
export function OfflineNavigationGuard({ isHolding, tryNow, children }: Props) {
  const router = useContext(AppRouterContext);
  const cache = useQueryClient().getQueryCache();
  const announce = useAnnounce();
  const kept = useRef<(() => void) | null>(null);
  const isGone = useCallback(() => isAway(liveFailureOf(cache.findAll({ predicate: hasFailed }))), [cache]);
  const hold = useCallback(
    async (go: () => void, href: string) => {
      kept.current = null;
      if (isGone()) await tryNow();
      if (!isGone()) return go();
      if (isOnPage(href)) kept.current = go;
      announce("The server isn't responding. This page stays open until it is back.", "assertive");
    },
    [isGone, tryNow, announce],
  );
  useEffect(() => {
    if (isHolding) return;
    kept.current?.();
    kept.current = null;
  }, [isHolding]);
  useEffect(() => {
    if (!isHolding) return;
    const onClick = (event: MouseEvent) => {
      const link = linkOf(event);
      if (!link || isHere(link)) return;
      event.preventDefault();
      event.stopPropagation();
      void hold(() => {
        document.removeEventListener("click", onClick, true);
        link.click();
      }, link.href);
    };
    document.addEventListener("click", onClick, true);
    return () => document.removeEventListener("click", onClick, true);
  }, [isHolding, hold]);
  const held = useMemo(() => {
    if (!router) return null;
    const { push, replace, refresh } = router;
    return {
      ...router,
      push: (...to: Parameters<typeof push>) => void hold(() => push(...to), to[0]),
      replace: (...to: Parameters<typeof replace>) => void hold(() => replace(...to), to[0]),
      refresh: () => {
        if (isGone()) kept.current ??= refresh;
        else refresh();
      },
    };
  }, [router, hold, isGone]);
  return <AppRouterContext value={held}>{children}</AppRouterContext>;
}

function isOnPage(href: string): boolean {
  return new URL(href, location.href).pathname === location.pathname;
}

/** Whether a link leads to another part of the current page. */
function isHere({ pathname, search, hash }: HTMLAnchorElement): boolean {
  return hash !== "" && pathname === location.pathname && search === location.search;
}
