"use client";

import { useEffect } from "react";
import { Link } from "./link";
import styles from "./print-whole.module.css";

/** Whether the whole list was asked for to be printed. Its address alone, or going back to it, doesn't print. */
let isWanted = false;

/** A link to the whole list, which is printed once it is there. */
export function PrintWhole({ href }: { href: string }) {
  return (
    <Link
      className={styles.link}
      href={href}
      onClick={({ metaKey, ctrlKey, shiftKey }) => {
        isWanted = !(metaKey || ctrlKey || shiftKey);
      }}
    >
      Print all
    </Link>
  );
}

/** The button that prints the whole list; `atOnce` where it shows only after somebody asked for that. */
export function PrintButton({ atOnce = false }: { atOnce?: boolean }) {
  useEffect(() => {
    if (!isWanted && !atOnce) return;
    isWanted = false;
    window.print();
  }, [atOnce]);
  return (
    <button type="button" className={styles.button} onClick={() => window.print()}>
      Print
    </button>
  );
}
