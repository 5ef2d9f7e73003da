"use client";

import { useMounted } from "@mantine/hooks";
import { useState, useTransition } from "react";
import type { ActionRefusal } from "@/app/(console)/_lib/action-result";
import { orUnanswered } from "@/components/forms/unanswered";
import { WrongFields } from "@/components/forms/wrong-fields";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { Notes } from "@/domain/licenses/notes";
import { saveCustomerNotes, saveLicenseNotes } from "./actions";
import styles from "./notes.module.css";
import { NotesConflict } from "./notes-conflict";
import { repeatedName, sentOf } from "./notes-draft";
import { NotesFields } from "./notes-fields";
import { useNotesDraft } from "./use-notes-draft";

type Props = { holder: { license: string } | { customer: string }; notes: Notes; tag: string };

/** The form for the notes of a license or a customer. */
export function NotesForm({ holder, notes, tag }: Props) {
  const { draft, base, isChanged, isOutdated, ...edit } = useNotesDraft(notes, tag);
  const [refused, setRefused] = useState<ActionRefusal | null>(null);
  const [isPending, start] = useTransition();
  const isAlive = useMounted(); // text typed before hydration would be lost
  const repeated = repeatedName(draft);
  const save = () =>
    start(async () => {
      const sent = sentOf(draft);
      const result = await orUnanswered(
        "license" in holder
          ? saveLicenseNotes(holder.license, sent, base)
          : saveCustomerNotes(holder.customer, sent, base),
      );
      setRefused(result.ok || result.refused.code === "VERSION_MISMATCH" ? null : result.refused);
      if (result.ok) edit.settle(result.did);
    });
  const why = isOutdated
    ? "Choose between your version and the other one first."
    : repeated
      ? `There are two fields “${repeated}”. Rename one.`
      : null;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!why && isChanged) save();
      }}
    >
      <LeaveGuard when={isChanged && !isPending} what="The notes have unsaved changes." />
      <WrongFields after={refused} />
      <fieldset className={styles.fields} disabled={isPending || !isAlive}>
        <legend className={styles.hidden}>Notes</legend>
        <NotesFields draft={draft} errorAt={errorsOf(refused)} onChange={edit.change} />
      </fieldset>
      {isOutdated ? <NotesConflict theirs={notes} onKeep={edit.keep} onDiscard={edit.discard} /> : null}
      {refused ? <Problem of={refused} /> : null}
      <ActionButton
        type="submit"
        variant="default"
        why={why ?? (isChanged ? null : "Nothing has changed.")}
        loading={isPending}
      >
        Save notes
      </ActionButton>
    </form>
  );
}

function errorsOf(refused: ActionRefusal | null) {
  return (pointer: string) =>
    refused?.faults?.find(({ pointer: at }) => at === pointer || at.startsWith(`${pointer}/`))?.sentence;
}
