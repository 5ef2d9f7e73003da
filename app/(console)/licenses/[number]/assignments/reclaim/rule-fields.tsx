import { NativeSelect, NumberInput, Switch } from "@mantine/core";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import { type ReclaimRule, RULE_RANGES } from "@/domain/reclaim/reclaim-rule";
import { isRunInterval, RUN_INTERVALS } from "@/domain/reclaim/run-schedule";
import styles from "./reclaim.module.css";
import { INTERVAL_LABELS } from "./reclaim-labels";

type NumberField = keyof typeof RULE_RANGES;
type Props = {
  rule: ReclaimRule;
  refused: ActionResult<unknown> | null;
  isReadOnly: boolean;
  set(part: Partial<ReclaimRule>): void;
};

const FIELDS: Record<NumberField, { label: string; description: string; suffix: string }> = {
  idleDays: {
    label: "Idle",
    description: "A seat that was used before is released after this long without use.",
    suffix: " days",
  },
  graceDays: {
    label: "Grace for new seats",
    description: "How long a new seat may stay unused, from when this server received it.",
    suffix: " days",
  },
  noticeDays: {
    label: "Notice",
    description: "How long before the release admins get a mail. A seat that is used meanwhile stays.",
    suffix: " days",
  },
  most: {
    label: "At most",
    description: "Seats that one run releases. Those unused longest go first.",
    suffix: " seats",
  },
};
const NUMBERS: NumberField[] = ["idleDays", "graceDays", "noticeDays", "most"];
export const RULE_FIELDS = ["rule/isOn", "rule/every", ...NUMBERS.map((field) => `rule/${field}`)];

/** The settings of a rule. */
export function RuleFields({ rule, refused, isReadOnly, set }: Props) {
  return (
    <>
      <Switch
        label="Release unused seats"
        checked={rule.isOn}
        disabled={isReadOnly}
        onChange={({ currentTarget }) => set({ isOn: currentTarget.checked })}
        data-autofocus
      />
      <div className={styles.fields}>
        {NUMBERS.map((field) => (
          <NumberInput
            key={field}
            label={FIELDS[field].label}
            description={FIELDS[field].description}
            suffix={FIELDS[field].suffix}
            value={rule[field]}
            min={RULE_RANGES[field][0]}
            max={RULE_RANGES[field][1]}
            thousandSeparator=","
            allowDecimal={false}
            allowNegative={false}
            readOnly={isReadOnly}
            error={wrongField(refused, field) ?? wrongField(refused, `rule/${field}`)}
            onChange={(value) => set({ [field]: Number(value) })}
          />
        ))}
        <NativeSelect
          label="Runs"
          description="At 06:00 UTC. After a downtime, one run makes up for those that were missed."
          data={RUN_INTERVALS.map((value) => ({ value, label: INTERVAL_LABELS[value] }))}
          value={rule.every}
          disabled={isReadOnly}
          onChange={({ currentTarget: { value } }) => {
            if (isRunInterval(value)) set({ every: value });
          }}
        />
      </div>
    </>
  );
}
