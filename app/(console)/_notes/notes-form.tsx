"use client";

import { useMounted } from "@mantine/hooks";
import { useState, useTransition } from "react";
import { type ActionRefusal, isConflict } from "@/app/(console)/_lib/action-result";
import { EditConflict, WHY_CHOOSE } from "@/components/forms/edit-conflict";
import { orUnanswered } from "@/components/forms/unanswered";
import { useEditedDraft } from "@/components/forms/use-edited-draft";
import { WrongFields } from "@/components/forms/wrong-fields";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { Notes } from "@/domain/licenses/notes";
import { saveCustomerNotes, saveLicenseNotes } from "./actions";
import styles from "./notes.module.css";
import { draftOf, repeatedName, sentOf } from "./notes-draft";
import { NotesFields } from "./notes-fields";
import { NotesText } from "./notes-text";

type Props = { holder: { license: string } | { customer: string }; notes: Notes; tag: string };

/** The form for the notes of a license or a customer. */
export function NotesForm({ holder, notes, tag }: Props) {
  const { draft, base, isChanged, isOutdated, ...edit } = useEditedDraft({
    name: "notes",
    saved: draftOf(notes),
    tag,
  });
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
      setRefused(result.ok || isConflict(result) ? null : result.refused);
      if (result.ok) edit.settle();
    });
  const why = isOutdated ? WHY_CHOOSE : repeated ? `There are two fields “${repeated}”. Rename one.` : null;
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
      {isOutdated ? (
        <EditConflict
          what="these notes"
          theirs={<NotesText notes={notes} />}
          onKeep={edit.keep}
          onDiscard={edit.discard}
        />
      ) : null}
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
