"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";

/** After each change of page the reader is at its heading. */
export function FocusHeading() {
  const path = usePathname();
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current === path) return;
    shown.current = path;
    const heading = document.querySelector("h1");
    heading?.setAttribute("tabindex", "-1");
    heading?.focus({ preventScroll: true });
  }, [path]);
  return null;
}
