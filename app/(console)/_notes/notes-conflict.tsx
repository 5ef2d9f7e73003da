import { Button } from "@mantine/core";
import { Problem } from "@/components/ui/problem";
import type { Notes } from "@/domain/licenses/notes";
import styles from "./notes.module.css";
import { NotesText } from "./notes-text";

type Props = { theirs: Notes; onKeep: () => void; onDiscard: () => void };

/** The notes that somebody else saved while these were edited, and the choice between the two. */
export function NotesConflict({ theirs, onKeep, onDiscard }: Props) {
  return (
    <section className={styles.conflict} aria-label="Conflicting change">
      <Problem>
        Somebody else changed these notes in the meantime. Compare theirs with yours, then choose.
      </Problem>
      <NotesText notes={theirs} />
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
