"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/**
 * After each change of page the reader is at its heading, and sees it: Next leaves the scroll of the page before where a
 * part of the new one is in view. Back and forward keep where one was, and an address with a fragment leads to it.
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
