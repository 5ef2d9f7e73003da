"use client";

import { IconX } from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useId, useRef } from "react";
import styles from "./side-panel.module.css";

type Parts = {
  title: ReactNode;
  /** The address of the page without the panel. */
  back: string;
  /** The id of the link that opened it, to which the focus goes back. */
  opener: string;
  children: ReactNode;
};

/** One thing of a list, beside it where there is room, else over it. Escape closes it. */
export function SidePanel({ title, back, opener, children }: Parts) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const router = useRouter();
  useEffect(() => {
    heading.current?.focus();
    return () => document.getElementById(opener)?.focus();
  }, [opener]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || isTyping(event.target)) return;
      router.push(back, { scroll: false });
    };
    document.addEventListener("keydown", close);
    return () => document.removeEventListener("keydown", close);
  }, [router, back]);
  return (
    <aside className={styles.panel} aria-labelledby={id}>
      <header>
        <h3 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <Link className={styles.close} href={back} scroll={false} aria-label="Close">
          <IconX size={18} stroke={1.75} aria-hidden />
        </Link>
      </header>
      {children}
    </aside>
  );
}

/** There Escape means the field, or the dialog that it is in. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [role=dialog]") !== null;
}
