"use client";

import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { usageText } from "@/components/text/definition-labels";
import type { Allotment } from "@/domain/licenses/definition";
import type { Doubt } from "@/domain/licenses/definition-doubts";
import styles from "./allotment-fields.module.css";
import { type FieldMessages, wrongAt } from "./field-paths";
import { ListInput } from "./list-input";
import { OverageFields } from "./overage-fields";
import { SectionHead } from "./section-head";
import { UnitsBar } from "./units-bar";
import { UnitsRows } from "./units-rows";

type Props = {
  allotment: Allotment;
  pointer: string;
  places: FieldMessages;
  /** Warnings about values that are probably unintended; they can be saved all the same. */
  doubts: readonly Doubt[];
  /** Whether the allotment isn't in force yet, so that its name and class can still be changed. */
  isNew: boolean;
  now: Date;
  onChange: (allotment: Allotment) => void;
  onRemove: () => void;
};

/** The fields of one allotment: its units by date, and how it is counted. */
export function AllotmentFields(parts: Props) {
  const { allotment, pointer, places, doubts, isNew, now, onChange, onRemove } = parts;
  const { name, usage, units, provisions, products = [] } = allotment;
  const shown = name || "New allotment";
  const change = (part: Partial<Allotment>) => onChange({ ...allotment, ...part });
  const unit = usage.class === "assigned" ? "seats" : "minutes";
  return (
    <fieldset className={styles.pool} aria-label={shown}>
      <SectionHead name={shown} kind={usageText(usage)} onRemove={onRemove} />
      {isNew ? (
        <Identity allotment={allotment} wrong={wrongAt(places, `${pointer}/name`)} change={change} />
      ) : null}
      <Doubts of={doubts} />
      <UnitsRows
        of={shown}
        unit={unit}
        units={units}
        places={places}
        pointer={`${pointer}/units`}
        now={now}
        onChange={(rows) => change({ units: rows })}
      />
      <UnitsBar units={units} now={now} />
      <div className={styles.more}>
        {usage.class === "time" ? (
          <>
            <OverageFields
              of={shown}
              overage={allotment.overage ?? 0}
              onChange={(overage) => change({ overage })}
            />
            <NumberInput
              label="Block, minutes"
              description="Minimum charge"
              value={usage.minimum}
              onChange={(minimum) => change({ usage: { ...usage, minimum: Number(minimum) || 1 } })}
              min={1}
              max={100_000}
              allowDecimal={false}
              allowNegative={false}
              hideControls
              error={wrongAt(places, `${pointer}/usage/minimum`)}
            />
          </>
        ) : null}
        <ListInput
          label="Access types"
          description="What a seat or minute gives access to"
          value={provisions.map(({ accessType }) => accessType)}
          onChange={(types) => change({ provisions: types.map((accessType) => ({ accessType })) })}
          error={wrongAt(places, `${pointer}/provisions`)}
        />
        <ListInput
          label="Only for products"
          description="Leave empty for all products of the license"
          value={products}
          onChange={(codes) => change({ products: codes.length > 0 ? codes : undefined })}
          error={wrongAt(places, `${pointer}/products`)}
        />
      </div>
    </fieldset>
  );
}

/** The live region is always rendered, so that screen readers announce the first warning. */
function Doubts({ of }: { of: readonly Doubt[] }) {
  return (
    <div role="status">
      {of.length > 0 ? (
        <ul className={styles.doubts}>
          {of.map(({ pointer, sentence }) => (
            <li key={pointer}>
              <IconAlertTriangle size={16} stroke={1.75} aria-hidden />
              {sentence}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

type IdentityProps = {
  allotment: Allotment;
  wrong?: string;
  change: (part: Partial<Allotment>) => void;
};

function Identity({ allotment: { name, usage }, wrong, change }: IdentityProps) {
  return (
    <div className={styles.more}>
      <TextInput
        label="Name"
        description="professional, analyzer, analyzer_time …"
        value={name}
        onChange={({ currentTarget }) => change({ name: currentTarget.value })}
        error={wrong}
        autoComplete="off"
      />
      <NativeSelect
        label="Measured in"
        description="Can't be changed later"
        value={usage.class}
        onChange={({ currentTarget }) =>
          change(
            currentTarget.value === "time"
              ? { usage: { class: "time", minimum: 6 } }
              : { usage: { class: "assigned", minimum: 1 }, overage: undefined },
          )
        }
        data={[
          { value: "assigned", label: "Seats, for people" },
          { value: "time", label: "Minutes of use" },
        ]}
      />
    </div>
  );
}
