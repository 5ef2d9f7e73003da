import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { Problem } from "@/components/ui/problem";
import styles from "./edit-conflict.module.css";

/** Why a form can't be sent before the choice. */
export const WHY_CHOOSE = "Choose between your version and the other one first.";

type Props = {
  /** What was changed, such as `these notes`. */
  what: string;
  /** What somebody else saved. */
  theirs: ReactNode;
  onKeep: () => void;
  onDiscard: () => void;
};

/** What somebody else saved while a form was edited, and the choice between the two. */
export function EditConflict({ what, theirs, onKeep, onDiscard }: Props) {
  return (
    <section className={styles.conflict} aria-label="Conflicting change">
      <Problem>
        Somebody else changed {what} in the meantime. Compare their version with yours, then choose.
      </Problem>
      {theirs}
      <div className={styles.choices}>
        <Button variant="default" onClick={onDiscard}>
          Discard my changes
        </Button>
        <Button variant="default" onClick={onKeep}>
          Keep my version
        </Button>
      </div>
    </section>
  );
}
