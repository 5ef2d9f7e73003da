"use client";

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState, useTransition } from "react";
import { type ActionResult, isConflict } from "@/app/(console)/_lib/action-result";
import { wrongElsewhere, wrongField } from "@/app/(console)/_lib/wrong-field";
import { EditConflict, WHY_CHOOSE } from "@/components/forms/edit-conflict";
import { orUnanswered } from "@/components/forms/unanswered";
import { useEditedDraft } from "@/components/forms/use-edited-draft";
import { WrongFields } from "@/components/forms/wrong-fields";
import { useChanges } from "@/components/shell/changes";
import { ruleLabel } from "@/components/text/alert-labels";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import { type AlertRule, MOST_RULES, type RuleSubject, ruleKey } from "@/domain/alerts/alert-rules";
import { RuleRow } from "./rule-row";
import styles from "./rules.module.css";

type Props = {
  /** A name that is unique among the page's forms. */
  name: string;
  known: AlertRule[];
  tag: string;
  /** Whether the rules were saved here, so that they can be removed again. */
  isOwn: boolean;
  subjects: RuleSubject[];
  /** The names of the allotments that a rule can be limited to. */
  allotments?: string[];
  /** The text of the button that returns to the level above. */
  reset: string;
  why: string | null;
  save: (change: { rules: AlertRule[] | null; seen: string }) => Promise<ActionResult<void>>;
};

/** The rules of a license or of the installation, which are edited and then saved together. */
export function RulesEditor({ known, tag, isOwn, reset, why, save, name, ...choices }: Props) {
  const { draft: rules, base, isChanged, isOutdated, ...edit } = useEditedDraft({ name, saved: known, tag });
  const [result, setResult] = useState<ActionResult<void> | null>(null);
  const [isPending, start] = useTransition();
  const { did } = useChanges();
  const send = (wanted: AlertRule[] | null) =>
    start(async () => {
      const sent = await orUnanswered(save({ rules: wanted, seen: base }));
      setResult(isChanged && isConflict(sent) ? null : sent);
      if (!sent.ok) return;
      edit.settle();
      did({ words: "Alert rules saved." });
    });
  const whyNot = why ?? (isOutdated ? WHY_CHOOSE : isChanged ? null : "Nothing has changed.");
  const fields = rules.map((_, index) => `rules/${index}`);
  const elsewhere = wrongElsewhere(result, fields);
  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!whyNot) send(rules);
      }}
    >
      <WrongFields after={result} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <ol className={styles.rules}>
        {rules.map((rule, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity, and new ones are only appended
          <li key={index}>
            <RuleRow
              {...choices}
              rule={rule}
              position={index + 1}
              error={wrongField(result, `rules/${index}`)}
              isReadOnly={why !== null}
              onChange={(changed) => edit.change(rules.map((other, at) => (at === index ? changed : other)))}
              onRemove={() => edit.change(rules.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ol>
      {rules.length === 0 ? <p className={styles.none}>No rules: nothing fires.</p> : null}
      {isOutdated ? (
        <EditConflict
          what="these rules"
          theirs={<RuleTexts rules={known} />}
          onKeep={edit.keep}
          onDiscard={edit.discard}
        />
      ) : null}
      <div className={styles.foot}>
        <ActionButton type="submit" loading={isPending} why={whyNot}>
          Save rules
        </ActionButton>
        {why || rules.length >= MOST_RULES ? null : (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.75} aria-hidden />}
            onClick={() => edit.change([...rules, { when: "capacity.percent", value: 90 }])}
          >
            Add rule
          </Button>
        )}
        {isOwn && !why ? (
          <Button variant="subtle" disabled={isPending} onClick={() => send(null)}>
            {reset}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

function RuleTexts({ rules }: { rules: readonly AlertRule[] }) {
  if (rules.length === 0) return <p>No rules.</p>;
  return (
    <ul>
      {rules.map((rule) => (
        <li key={ruleKey(rule)}>{ruleLabel(rule)}</li>
      ))}
    </ul>
  );
}
