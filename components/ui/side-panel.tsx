"use client";

import { IconX } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useEffectEvent, useId, useRef } from "react";
import { useAnnounce } from "@/components/shell/announcer";
import { endText, stepOf } from "@/components/shell/list-steps";
import { useSingleKeys } from "@/components/shell/single-keys";
import { Link } from "./link";
import styles from "./side-panel.module.css";

type Props = {
  title: ReactNode;
  /** The URL of the page without the panel. */
  back: string;
  /** The id of the link that opened the panel; the focus returns to it. */
  opener: string;
  /** Closes the panel in place, for lists that needn't be read again. */
  close?: () => void;
  children: ReactNode;
};

/** An entry of a list, beside the list or, without room, over it. Escape closes it; `[` and `]` open its neighbors. */
export function SidePanel({ title, back, opener, close, children }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  const router = useRouter();
  useEffect(() => {
    heading.current?.focus();
    return () => document.getElementById(opener)?.focus();
  }, [opener]);
  const announce = useAnnounce();
  useSingleKeys((key) => {
    const step = stepOf(key);
    if (!step) return false;
    const beside = linkBeside(opener, step);
    if (beside) beside.click();
    else announce(endText(step));
    return true;
  });
  const leave = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented || isTyping(event.target)) return;
    if (close) close();
    else router.push(back, { scroll: false });
  });
  useEffect(() => {
    document.addEventListener("keydown", leave);
    return () => document.removeEventListener("keydown", leave);
  }, []);
  return (
    <aside className={styles.panel} aria-labelledby={id}>
      <header>
        <h3 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h3>
        <Link
          className={styles.close}
          href={back}
          scroll={false}
          aria-label="Close"
          onClick={(event) => {
            if (!close) return;
            event.preventDefault();
            close();
          }}
        >
          <IconX size={18} stroke={1.75} aria-hidden />
        </Link>
      </header>
      {children}
    </aside>
  );
}

/** The link that opens the row before or after the open one. */
function linkBeside(opener: string, step: 1 | -1): HTMLElement | undefined {
  const table = document.getElementById(opener)?.closest("table");
  const links = [...(table?.querySelectorAll<HTMLElement>("tbody th a[id]") ?? [])];
  const here = links.findIndex(({ id }) => id === opener);
  return here < 0 ? undefined : links[here + step];
}

/** In a field, Escape belongs to the field or its dialog. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [role=dialog]") !== null;
}
