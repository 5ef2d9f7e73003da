"use client";

import { type ReactNode, useEffect, useEffectEvent, useState } from "react";
import { DenialDialog } from "@/app/(console)/licenses/[number]/definition/denial-dialog";
import { EffectPreview } from "@/app/(console)/licenses/[number]/definition/effect-preview";
import type { DefinitionDraft } from "@/app/(console)/licenses/[number]/definition/use-definition-draft";
import { useSaving } from "@/app/(console)/licenses/[number]/definition/use-saving";
import { useChanges } from "@/components/shell/changes";
import { SubmitActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import type { Definition } from "@/domain/licenses/definition";
import styles from "./change-form.module.css";

type Props = {
  number: string;
  draft: DefinitionDraft;
  /** Makes the same change to another definition, if somebody saved one meanwhile. */
  changed: (definition: Definition) => Definition;
  /** Why nothing would change; null if something would. */
  why: string | null;
  /** The label of the button, and the sentence once it is saved. */
  verb: string;
  done: string;
  now: Date;
  close: () => void;
  children: ReactNode;
};

/** A small change to a definition: its fields, its effect as the server computes it, and the button to save it. */
export function ChangeForm({ number, draft, changed, why, verb, done, now, close, children }: Props) {
  const saving = useSaving(number, draft);
  const { did } = useChanges();
  const { isSaved, conflict } = saving;
  const [told, setTold] = useState(done);
  // Once it is saved, the draft starts from what was saved; the sentence is about the change to it.
  if (draft.isChanged && told !== done) setTold(done);
  const finish = useEffectEvent(() => {
    did({ words: told });
    close();
  });
  const rebase = useEffectEvent(() => {
    if (conflict) draft.rebase(conflict, changed(conflict.definition));
  });
  useEffect(() => {
    if (isSaved) finish();
  }, [isSaved]);
  useEffect(() => {
    if (conflict) rebase();
  }, [conflict]);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!why) saving.save();
      }}
    >
      <div className={styles.fields}>{children}</div>
      <EffectPreview draft={draft} now={now} />
      {conflict ? (
        <p role="alert">
          {conflict.by ?? "Somebody"} saved another definition meanwhile. The effect above is compared with
          it. Check it, then save again.
        </p>
      ) : null}
      {saving.refused ? <Problem of={saving.refused} /> : null}
      <SubmitActions onClose={close} isPending={saving.isSaving} why={why}>
        {verb}
      </SubmitActions>
      <DenialDialog denial={saving.denial} onClose={saving.clear} onConfirm={saving.confirm} />
    </form>
  );
}
