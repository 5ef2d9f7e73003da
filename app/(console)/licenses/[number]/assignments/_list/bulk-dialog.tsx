import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { foresee } from "@/app/(console)/licenses/[number]/assignments/actions";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { count, counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import { shownSubject } from "@/domain/offline/hashed-subject";
import type { BulkEffect } from "@/server/assignments/lists/seat-selection";
import styles from "./seats.module.css";
import type { Target } from "./use-seat-work";

export type Bulk = { kind: "release" | "convert"; target: Target };
type Props = {
  number: string;
  bulk: Bulk | null;
  allotments: string[];
  close(): void;
  go(bulk: Bulk, into: string): void;
};

/** The effect of a change to several seats, counted by the server before it happens. */
export function BulkDialog({ number, bulk, allotments, close, go }: Props) {
  const [into, setInto] = useState(allotments[0] ?? "");
  const [effect, setEffect] = useState<BulkEffect | null>(null);
  const [refused, setRefused] = useState<RefusalNotice | null>(null);
  useEffect(() => {
    if (!bulk) return;
    let isCurrent = true;
    setEffect(null);
    setRefused(null);
    void orUnanswered(foresee(number, bulk.target.selection, bulk.kind === "convert" ? into : null)).then(
      (result) => {
        if (!isCurrent) return;
        if (result.ok) setEffect(result.did);
        else setRefused(result.refused);
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [number, bulk, into]);
  const verb = bulk?.kind === "convert" ? "Convert" : "Release";
  const why = effect ? (effect.count === 0 ? "Nothing would change." : null) : uncounted(refused);
  return (
    <Dialog
      opened={bulk !== null}
      onClose={close}
      title={`${verb} ${counted(bulk?.target.size ?? 0, "seat")}`}
    >
      {bulk?.kind === "convert" ? (
        <label className={styles.into}>
          To
          <select value={into} data-autofocus onChange={({ currentTarget }) => setInto(currentTarget.value)}>
            {allotments.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      ) : null}
      {refused ? (
        <Problem of={refused} />
      ) : (
        <p aria-live="polite">{effect ? effectWords(effect) : "Calculating…"}</p>
      )}
      {effect ? <WhoChanges effect={effect} /> : null}
      {effect && !effect.canUndo ? (
        <p>This many seats can't be undone in one step. Export them first.</p>
      ) : null}
      <DialogActions>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <ActionButton why={why} onClick={() => bulk && go(bulk, into)}>
          {verb} {effect ? count(effect.count) : ""}
        </ActionButton>
      </DialogActions>
    </Dialog>
  );
}

function uncounted(refused: RefusalNotice | null): string {
  return refused ? "The effect couldn't be calculated." : "The effect is being calculated.";
}

const FIRST = 5;

/** The first affected users, and a way to show all. */
function WhoChanges({ effect: { count: all, shown } }: { effect: BulkEffect }) {
  const first = shown.slice(0, FIRST).map(({ subject }) => shownSubject(subject));
  const words = first.join(", ");
  if (all <= FIRST) return <p className={styles.names}>{words}</p>;
  return (
    <details className={styles.names}>
      <summary>
        {words} and {count(all - FIRST)} more
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach it */}
      <ol className={styles.people} tabIndex={0} aria-label="Affected users">
        {shown.map(({ instance, subject, allotment }) => (
          <li key={instance}>
            <bdi title={subject}>{shownSubject(subject)}</bdi>
            <span>{allotment}</span>
          </li>
        ))}
      </ol>
      {all > shown.length ? <p>and {count(all - shown.length)} more, listed in the exported file.</p> : null}
    </details>
  );
}

function effectWords({ frees, clears, gone, refused, already }: BulkEffect): string {
  const parts = [
    ...frees.map(({ allotment, count: seats }) => `frees ${count(seats)} of ${allotment}`),
    ...(clears > 0 ? [`clears ${count(clears)} excess`] : []),
    ...(refused > 0 ? [`${count(refused)} not changed: no seats left`] : []),
    ...(already > 0 ? [`${count(already)} not changed: already in that allotment`] : []),
    ...(gone > 0 ? [`${count(gone)} already released`] : []),
  ];
  const sentence = parts.join(", ");
  return sentence === "" ? "Nothing changes." : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
