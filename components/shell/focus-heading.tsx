"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * Moves the focus to the heading after each navigation and scrolls it into view, because Next keeps the scroll position
 * if part of the new page is visible. Back and forward keep the position; a URL with a fragment goes to that fragment.
 */
export function FocusHeading() {
  const path = usePathname();
  const shown = useRef(path);
  const returned = useRef<string | null>(null);
  useEffect(() => {
    const note = () => {
      returned.current = location.pathname;
    };
    window.addEventListener("popstate", note);
    return () => window.removeEventListener("popstate", note);
  }, []);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    const heading = document.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
    if (returned.current !== path && location.hash === "") window.scrollTo(0, 0);
    returned.current = null;
  }, [path]);
  return null;
}
