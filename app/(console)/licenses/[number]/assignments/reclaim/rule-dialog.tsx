"use client";

import { Button } from "@mantine/core";
import { type FormEvent, useState, useTransition } from "react";
import { type ActionResult, isConflict } from "@/app/(console)/_lib/action-result";
import { wrongElsewhere } from "@/app/(console)/_lib/wrong-field";
import { EditConflict, WHY_CHOOSE } from "@/components/forms/edit-conflict";
import { orUnanswered } from "@/components/forms/unanswered";
import { useEditedDraft } from "@/components/forms/use-edited-draft";
import { WrongFields } from "@/components/forms/wrong-fields";
import { useChanges } from "@/components/shell/changes";
import { ActionButton } from "@/components/ui/action-button";
import { Dialog } from "@/components/ui/dialog";
import { DialogActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import type { ReclaimRule } from "@/domain/reclaim/reclaim-rule";
import type { AllotmentRule } from "@/server/reclaim/reclaim-rules";
import { type Preview, previewHere, saveRuleHere } from "./actions";
import { PreviewView } from "./preview-view";
import styles from "./reclaim.module.css";
import { ruleSentence } from "./reclaim-labels";
import { RULE_FIELDS, RuleFields } from "./rule-fields";

type Props = { number: string; rule: AllotmentRule; tag: string; why: string | null };

/** The button and dialog to change a rule, or to see which seats it would release. */
export function RuleDialog(props: Props) {
  const [isOpen, setOpen] = useState(false);
  const { allotment } = props.rule;
  const close = () => setOpen(false);
  return (
    <>
      <Button variant="default" aria-label={`Rule for ${allotment}`} onClick={() => setOpen(true)}>
        {props.why ? "Show rule…" : "Change rule…"}
      </Button>
      <Dialog opened={isOpen} onClose={close} title={`Reclaim ${allotment} seats`} size="lg">
        <RuleForm {...props} onClose={close} />
      </Dialog>
    </>
  );
}

function RuleForm({ number, rule: shown, tag, why, onClose }: Props & { onClose(): void }) {
  const { allotment, next: _, ...known } = shown;
  const {
    draft: rule,
    base,
    isChanged,
    isOutdated,
    ...edit
  } = useEditedDraft<ReclaimRule>({ name: `reclaim ${allotment}`, saved: known, tag });
  const [saved, setSaved] = useState<ActionResult<void> | null>(null);
  const [preview, setPreview] = useState<ActionResult<Preview> | null>(null);
  const [isPending, start] = useTransition();
  const { did } = useChanges();
  const whyNot = why ?? (isOutdated ? WHY_CHOOSE : isChanged ? null : "Nothing has changed.");
  const look = () =>
    start(async () => {
      setSaved(null);
      setPreview(await orUnanswered(previewHere(number, { allotment, rule })));
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (whyNot) return;
    start(async () => {
      const sent = await orUnanswered(saveRuleHere(number, { allotment, rule, seen: base }));
      setSaved(isConflict(sent) ? null : sent);
      if (!sent.ok) return;
      edit.settle();
      onClose();
      did({ words: `The rule for ${allotment} was saved. It is ${rule.isOn ? "on" : "off"}.` });
    });
  };
  const refused = saved?.ok === false ? saved : preview?.ok === false ? preview : null;
  const elsewhere = wrongElsewhere(refused, RULE_FIELDS);
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <WrongFields after={refused} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <RuleFields
        rule={rule}
        refused={refused}
        isReadOnly={why !== null}
        set={(part) => {
          edit.change({ ...rule, ...part });
          setPreview(null);
        }}
      />
      {preview?.ok ? <PreviewView of={preview.did} /> : null}
      {isOutdated ? (
        <EditConflict
          what="this rule"
          theirs={<p>{known.isOn ? ruleSentence(known) : "The rule is off."}</p>}
          onKeep={edit.keep}
          onDiscard={edit.discard}
        />
      ) : null}
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button variant="default" loading={isPending} onClick={look}>
          Show seats
        </Button>
        <ActionButton type="submit" loading={isPending} why={whyNot}>
          Save rule
        </ActionButton>
      </DialogActions>
    </form>
  );
}
