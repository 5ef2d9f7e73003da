"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { zonedText } from "@/domain/dates/date-style";
import { useDateStyle } from "./date-style-provider";
import styles from "./paper.module.css";

type Props = {
  /** The host of the installation. */
  host: string;
  /** When the page was rendered, for browsers without JavaScript. */
  rendered: Date;
};

/**
 * What only paper shows: the address of the page and the time of printing, above the page. Browsers with page margins
 * (CSS Paged Media) repeat site, time and page number on each sheet.
 */
export function Paper({ host, rendered }: Props) {
  const dates = useDateStyle();
  const [at, setAt] = useState(rendered);
  const search = useSearchParams().toString();
  const printed = zonedText(at, dates);
  useEffect(() => {
    const ends = new AbortController();
    window.addEventListener("beforeprint", () => flushSync(() => setAt(new Date())), ends);
    return () => ends.abort();
  }, []);
  useEffect(() => {
    // The content of a page margin can't come from an element, only from a property of the root.
    document.documentElement.style.setProperty("--s-printed", JSON.stringify(`${host} · ${printed}`));
  }, [host, printed]);
  return (
    <p className={styles.paper}>
      {host}
      {usePathname()}
      {search ? `?${search}` : ""} · {printed}
    </p>
  );
}
