import { count } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import styles from "./seats.module.css";

type Props = {
  size: number;
  total: number;
  canGrow: boolean;
  why: string | null;
  all(): void;
  clear(): void;
  convert(): void;
  release(): void;
};

/**
 * The actions for the selected seats. They replace the filters; on a phone they are at the bottom of the window, so
 * that nothing moves.
 */
export function SelectionBar({ size, total, canGrow, why, all, clear, convert, release }: Props) {
  return (
    <div className={styles.selected}>
      <strong>{count(size)} selected</strong>
      <ActionButton variant="default" why={why} onClick={convert}>
        Convert…
      </ActionButton>
      <ActionButton variant="default" why={why} onClick={release}>
        {size > 1 ? "Release…" : "Release"}
      </ActionButton>
      {canGrow ? (
        <button type="button" className={styles.plain} onClick={all}>
          Select all {count(total)} that match
        </button>
      ) : null}
      <button type="button" className={styles.plain} onClick={clear}>
        Clear
      </button>
    </div>
  );
}
