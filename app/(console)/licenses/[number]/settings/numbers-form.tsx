import type { ReactNode } from "react";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { ActionButton } from "@/components/ui/action-button";
import styles from "./numbers-form.module.css";
import type { useNumbers } from "./use-numbers";

type Props = {
  of: ReturnType<typeof useNumbers>["form"];
  why: string | null;
  /** The text of the button. */
  action: string;
  children: ReactNode;
};

/** Number fields with a button to save them; a refusal appears above it. */
export function NumbersForm({ of: { refused, isPending, isSame, now, save }, why, action, children }: Props) {
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!why && !isSame) save();
      }}
    >
      {children}
      {refused ? (
        <p className={styles.refused}>
          <span role="alert">{now ? `${refused.sentence} ${now}` : refused.sentence}</span>{" "}
          <RefusalMarks of={refused} />
        </p>
      ) : null}
      <ActionButton
        type="submit"
        className={styles.save}
        loading={isPending}
        why={why ?? (isSame ? "Nothing has changed." : null)}
      >
        {action}
      </ActionButton>
    </form>
  );
}
