"use client";

import { useRouter } from "next/navigation";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Role } from "@/domain/roles";
import { type Entry, grouped } from "./entries";
import { optionId } from "./option-id";
import styles from "./palette.module.css";
import { PaletteList } from "./palette-list";
import { useEntries } from "./use-entries";

const LIST = "palette-entries";
const HINT = "palette-hint";

/**
 * The command palette: finds what the person may see, and runs what the person may do. It is a combobox with a list:
 * the focus stays in the field, arrows choose, Enter opens, Escape closes and returns the focus.
 */
export function Palette({ role, close }: { role: Role; close(): void }) {
  const router = useRouter();
  const [text, setText] = useState("");
  const [wanted, setWanted] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const { entries, isLooking, away } = useEntries(text, role);
  const shown = grouped(entries);
  const inOrder = shown.flatMap((group) => group.entries);
  const chosen = inOrder.find(({ id }) => id === wanted) ?? inOrder[0];
  const dialog = useModal();
  const leave = () => dialog.current?.close();

  const take = async (entry: Entry | undefined) => {
    if (!entry || "tells" in entry) return;
    if ("run" in entry) return setSaid(await entry.run());
    leave();
    if ("href" in entry) return router.push(entry.href);
    entry.press.focus();
    entry.press.click();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (step === undefined) return void take(chosen);
    const next = (inOrder.findIndex(({ id }) => id === chosen?.id) + step + inOrder.length) % inOrder.length;
    setWanted(inOrder[next]?.id ?? null);
  };
  return (
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-label="Search or run a command"
      onClose={close}
      onClick={({ target, currentTarget }) => target === currentTarget && leave()}
      onKeyDown={onKeyDown}
    >
      <div className={styles.frame}>
        <input
          className={styles.field}
          role="combobox"
          aria-expanded
          aria-autocomplete="list"
          aria-controls={LIST}
          aria-activedescendant={chosen && optionId(chosen.id)}
          aria-describedby={HINT}
          aria-label="Search or run a command"
          placeholder="Number, customer, deployment, page, action, or paste a key"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
            setWanted(null);
            setSaid("");
          }}
        />
        <PaletteList id={LIST} groups={shown} chosen={chosen?.id} choose={setWanted} take={take} />
        <p className={styles.foot} role="status">
          {said || standing(inOrder.length, text, isLooking, away)}
        </p>
        <p id={HINT} className={styles.hint}>
          <span>↑ ↓ choose</span>
          <span>Enter open</span>
          <span>Esc close</span>
          <span>@name searches users in all licenses</span>
        </p>
      </div>
    </dialog>
  );
}

/** A native dialog: the page behind it is inert, and the browser restores the focus. */
function useModal() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  return dialog;
}

function standing(count: number, text: string, isLooking: boolean, away: boolean): string {
  if (away) return "The server isn't responding. Only commands and recent items were searched.";
  if (isLooking) return "Searching…";
  if (count === 0) return text === "@" ? "Type a part of a name." : "No results.";
  return count === 1 ? "1 result" : `${count} results`;
}
