"use client";

import type { ReactNode } from "react";
import type { FormAction } from "@/app/(console)/_lib/action-result";
import { KeptForm } from "@/components/forms/kept-form";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { useResult } from "@/components/forms/use-result";
import type { SavedView } from "@/server/identity/saved-views";
import styles from "./list-views.module.css";

type Props = {
  /** The summary that opens the form. */
  summary: ReactNode;
  label?: string;
  verb: string;
  hint: string;
  /** Fields that are submitted besides the name. */
  sent: Record<string, string>;
  name?: string;
  why: string | null;
  send: FormAction<SavedView>;
};

/** A form for the name of a view, which opens under its summary. Works without JavaScript. */
export function ViewForm({ summary, label, verb, hint, sent, name, why, send }: Props) {
  const [result, action, isPending] = useResult(send);
  return (
    <details
      className={styles.ask}
      open={result?.ok === false}
      onKeyDown={({ key, currentTarget }) => {
        if (key === "Escape") currentTarget.open = false;
      }}
    >
      <summary aria-label={label} title={label}>
        {summary}
      </summary>
      <KeptForm name="view" key={result?.ok ? result.did.id : ""} action={action} className={styles.form}>
        {Object.entries(sent).map(([key, value]) => (
          <input key={key} type="hidden" name={key} value={value} />
        ))}
        <label>
          Name
          <input name="name" required maxLength={60} autoComplete="off" defaultValue={name} />
        </label>
        <button
          type={why ? "button" : "submit"}
          disabled={isPending}
          aria-disabled={why !== null}
          aria-description={why ?? undefined}
        >
          {verb}
        </button>
        <p className={styles.hint}>{why ?? hint}</p>
        {result?.ok === false ? (
          <p className={styles.refused}>
            <span role="alert">{result.refused.sentence}</span> <RefusalMarks of={result.refused} />
          </p>
        ) : null}
      </KeptForm>
    </details>
  );
}
