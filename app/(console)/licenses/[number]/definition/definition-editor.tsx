"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useQueryState } from "nuqs";
import { WrongFields } from "@/components/forms/wrong-fields";
import { CommandKey } from "@/components/shell/command-key";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { changesText } from "@/components/text/definition-labels";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import type { Based } from "./actions";
import { ConflictPanel } from "./conflict-panel";
import { CorrectionDialog } from "./correction-dialog";
import styles from "./definition-editor.module.css";
import { DefinitionForm } from "./definition-form";
import { DenialDialog } from "./denial-dialog";
import { EffectPreview } from "./effect-preview";
import { fieldMessagesOf } from "./field-paths";
import { JsonView } from "./json-view";
import { asParser } from "./search-params";
import { useDefinitionDraft } from "./use-definition-draft";
import { useSaving } from "./use-saving";

type Props = {
  number: string;
  inForce: Based;
  /** Whether there is an earlier definition that the one in force could correct. */
  isCorrectable: boolean;
  now: Date;
};

/** The definition as a form or as JSON, its effects, and the button to save it. */
export function DefinitionEditor({ number, inForce, isCorrectable, now }: Props) {
  const [as, setAs] = useQueryState("as", asParser);
  const draft = useDefinitionDraft(number, inForce);
  const saving = useSaving(number, draft);
  const isAlive = useMounted(); // text typed before hydration would be lost
  const { told, isChanged } = draft;
  const refused = told && !told.ok ? told.refused : null;
  const places = fieldMessagesOf(refused);
  const toForm = draft.textFault !== null || refused !== null;
  const show = (next: string) => {
    if (next === "form" && toForm) return;
    if (next === "form") draft.closeText();
    void setAs(next === "json" ? "json" : "form");
  };
  return (
    <Section
      title="Definition"
      id="definition"
      hint="What was bought. Each save creates a new version; previous versions are kept."
      actions={
        <SegmentedControl
          aria-label="Edit as"
          value={as}
          onChange={show}
          data={[
            { value: "form", label: "Form", disabled: as === "json" && toForm },
            { value: "json", label: "JSON" },
          ]}
        />
      }
    >
      <LeaveGuard when={isChanged} what="The definition has unsaved changes." />
      {saving.conflict ? (
        <ConflictPanel draft={draft} theirs={saving.conflict} onDone={saving.clear} now={now} />
      ) : null}
      <div className={styles.columns}>
        <fieldset className={styles.document} disabled={saving.isSaving || !isAlive}>
          <legend className={styles.hidden}>The definition</legend>
          <WrongFields after={saving.refused?.faults?.length ? saving.refused : null} />
          {as === "json" ? (
            <JsonView draft={draft} places={places} />
          ) : (
            <DefinitionForm draft={draft} places={places} base={draft.base.definition} now={now} />
          )}
        </fieldset>
        <div className={styles.side}>
          <EffectPreview draft={draft} now={now} />
        </div>
      </div>
      <div className={styles.bar}>
        {saving.refused ? <Problem of={saving.refused} /> : null}
        <p role="status">
          {saving.isSaved && !isChanged ? "Saved. " : null}
          {changesText(draft.changes)}, based on <code>{draft.base.version}</code>
        </p>
        <div className={styles.buttons}>
          <Button variant="default" onClick={draft.discard} disabled={!isChanged}>
            Discard
          </Button>
          <ActionButton
            variant="default"
            onClick={saving.correct}
            loading={saving.isSaving}
            why={isChanged ? whyNotCorrectable(isCorrectable) : "Nothing has changed."}
          >
            Save as a correction…
          </ActionButton>
          <ActionButton
            onClick={saving.save}
            loading={saving.isSaving}
            why={isChanged ? null : "Nothing has changed."}
            rightSection={<CommandKey className={styles.chip} letter="S" />}
          >
            Save definition
          </ActionButton>
        </div>
      </div>
      <CorrectionDialog
        months={saving.correction}
        onClose={saving.clear}
        onConfirm={saving.confirmCorrection}
      />
      <DenialDialog denial={saving.denial} onClose={saving.clear} onConfirm={saving.confirm} />
    </Section>
  );
}

function whyNotCorrectable(isCorrectable: boolean): string | null {
  return isCorrectable ? null : "This is the first definition, so there is nothing to correct.";
}
