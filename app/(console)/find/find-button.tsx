"use client";

import { IconSearch } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useEffect, useEffectEvent, useState } from "react";
import { CommandKey } from "@/components/shell/command-key";
import { untilLoaded } from "@/components/shell/until-loaded";
import type { Role } from "@/domain/roles";
import styles from "./find-button.module.css";
import { noteOpened } from "./recents";

const Palette = dynamic(
  untilLoaded(() => import("./palette").then((module) => module.Palette)),
  { ssr: false },
);

/** The button that opens the palette, as do ⌘K and Ctrl+K, even from a field. */
export function FindButton({ role }: { role: Role }) {
  const path = usePathname();
  const [isOpen, setOpen] = useState(false);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.metaKey || event.ctrlKey) || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    setOpen(true);
  });
  useEffect(() => {
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  useEffect(() => noteOpened(path), [path]);
  return (
    <>
      <button
        type="button"
        className={styles.open}
        aria-haspopup="dialog"
        aria-keyshortcuts="Meta+K Control+K"
        onClick={() => setOpen(true)}
      >
        <IconSearch size={18} stroke={1.75} aria-hidden />
        <span className={styles.words}>Find</span>
        <CommandKey className={styles.key} letter="K" />
      </button>
      {isOpen ? <Palette role={role} close={() => setOpen(false)} /> : null}
    </>
  );
}
