"use client";

import { RefusedMarks } from "@/components/refused-marks";
import { useAnswer } from "@/components/use-answer";
import type { List } from "@/server/saved-views";
import styles from "./list-views.module.css";
import { saveViewByForm } from "./view-actions";

type Parts = { list: List; search: string; hasSearch: boolean; why: string | null };

/** Asks for the name under which the list is kept as it is shown. */
export function SaveView({ list, search, hasSearch, why }: Parts) {
  const [answer, save, isPending] = useAnswer(saveViewByForm);
  return (
    <details
      className={styles.ask}
      open={answer?.ok === false}
      onKeyDown={({ key, currentTarget }) => {
        if (key === "Escape") currentTarget.open = false;
      }}
    >
      <summary>Save this view</summary>
      <form action={save} className={styles.form}>
        <input type="hidden" name="list" value={list} />
        <input type="hidden" name="search" value={search} />
        <label>
          Name
          <input name="name" required maxLength={60} autoComplete="off" />
        </label>
        <button
          type={why ? "button" : "submit"}
          disabled={isPending}
          aria-disabled={why !== null}
          aria-description={why ?? undefined}
        >
          Save
        </button>
        <p className={styles.hint}>
          {why ?? "Only you see it. A view of the same name is replaced."}
          {hasSearch ? " What you typed in the search is not kept." : ""}
        </p>
        {answer?.ok === false ? (
          <p className={styles.refused}>
            <span role="alert">{answer.refused.sentence}</span> <RefusedMarks of={answer.refused} />
          </p>
        ) : null}
      </form>
    </details>
  );
}
