"use client";

import { Button, NativeSelect, NumberInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { RULE_LABELS } from "@/components/text/alert-labels";
import { type AlertRule, isAboutAllotments, type RuleSubject, rangeOf } from "@/domain/alerts/alert-rules";
import styles from "./rules.module.css";

type Props = {
  rule: AlertRule;
  /** Its position in the list, from 1. */
  position: number;
  subjects: RuleSubject[];
  allotments?: string[];
  error?: string;
  isReadOnly: boolean;
  onChange: (rule: AlertRule) => void;
  onRemove: () => void;
};

/** One rule: its subject, its value, and the allotment that it is limited to. */
export function RuleRow({ rule, position, subjects, allotments = [], error, isReadOnly, ...on }: Props) {
  const { when, value, allotment } = rule;
  const range = rangeOf(when);
  const of = `rule ${position}`;
  return (
    <div className={styles.rule} data-of-license={allotments.length > 0}>
      <NativeSelect
        aria-label={`Subject of ${of}`}
        data={subjects.map((subject) => ({ value: subject, label: RULE_LABELS[subject].name }))}
        value={when}
        disabled={isReadOnly}
        error={range ? undefined : error}
        onChange={({ currentTarget }) => on.onChange(ruleOn(currentTarget.value as RuleSubject, rule))}
      />
      {range ? (
        <NumberInput
          aria-label={`Value of ${of}`}
          className={styles.value}
          value={value ?? ""}
          suffix={RULE_LABELS[when].unit}
          thousandSeparator=","
          allowDecimal={false}
          allowNegative={false}
          hideControls
          readOnly={isReadOnly}
          error={error}
          onChange={(next) => on.onChange({ ...rule, value: next === "" ? undefined : Number(next) })}
        />
      ) : null}
      {allotments.length > 0 && isAboutAllotments(when) ? (
        <NativeSelect
          aria-label={`Allotment of ${of}`}
          className={styles.allotment}
          data={[{ value: "", label: "Every allotment" }, ...allotments]}
          value={allotment ?? ""}
          disabled={isReadOnly}
          onChange={({ currentTarget }) =>
            on.onChange({ ...rule, allotment: currentTarget.value || undefined })
          }
        />
      ) : null}
      {isReadOnly ? null : (
        <Button
          variant="subtle"
          size="compact-sm"
          className={styles.remove}
          aria-label={`Remove ${of}`}
          onClick={on.onRemove}
        >
          <IconX size={16} stroke={1.75} aria-hidden />
        </Button>
      )}
    </div>
  );
}

/** Another subject keeps the value if it has one, and the allotment if it is about one. */
function ruleOn(when: RuleSubject, { value, allotment }: AlertRule): AlertRule {
  return {
    when,
    ...(rangeOf(when) ? { value: value ?? 7 } : {}),
    ...(allotment && isAboutAllotments(when) ? { allotment } : {}),
  };
}
