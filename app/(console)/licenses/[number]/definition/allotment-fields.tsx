"use client";

import { NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useId, useState } from "react";
import { usageText } from "@/components/text/definition-labels";
import { countedAs, KNOWN_NAMES, meaningOf, renamedAllotment } from "@/domain/licenses/allotment-names";
import type { Allotment } from "@/domain/licenses/definition";
import type { Doubt } from "@/domain/licenses/definition-doubts";
import { AllotmentAccess } from "./allotment-access";
import styles from "./allotment-fields.module.css";
import { type FieldMessages, wrongAt } from "./field-paths";
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

/** The fields of one allotment: its units with their overage, and what they give access to. */
export function AllotmentFields(parts: Props) {
  const { allotment, pointer, places, doubts, isNew, now, onChange, onRemove } = parts;
  const { name, usage, units } = allotment;
  const [isNamed] = useState(meaningOf(name) !== null); // a name that is being typed keeps its field
  const shown = name || "New allotment";
  const change = (part: Partial<Allotment>) => onChange({ ...allotment, ...part });
  return (
    <fieldset className={styles.pool} aria-label={shown}>
      <SectionHead name={shown} kind={usageText(usage)} onRemove={onRemove} />
      {isNew && !isNamed ? (
        <Identity allotment={allotment} wrong={wrongAt(places, `${pointer}/name`)} onChange={onChange} />
      ) : null}
      <Doubts of={doubts} />
      <UnitsRows
        of={shown}
        unit={usage.class === "assigned" ? "seats" : "minutes"}
        units={units}
        places={places}
        pointer={`${pointer}/units`}
        now={now}
        onChange={(rows) => change({ units: rows })}
      >
        {usage.class === "time" ? <MinuteTerms {...{ allotment, shown, places, pointer, change }} /> : null}
      </UnitsRows>
      {units.some(({ valid }) => valid !== "") ? <UnitsBar units={units} now={now} /> : null}
      <AllotmentAccess allotment={allotment} places={places} pointer={pointer} change={change} />
    </fieldset>
  );
}

type TermsProps = Pick<Props, "allotment" | "places" | "pointer"> & {
  shown: string;
  change: (part: Partial<Allotment>) => void;
};

/** The overage and the smallest charge of minutes. */
function MinuteTerms({ allotment: { usage, overage = 0 }, shown, places, pointer, change }: TermsProps) {
  return (
    <>
      <OverageFields
        of={shown}
        overage={overage}
        error={wrongAt(places, `${pointer}/overage`)}
        onChange={(next) => change({ overage: next })}
      />
      <NumberInput
        label="Block"
        aria-label={`${shown}, block in minutes: the smallest charge`}
        title="The smallest charge"
        value={usage.minimum}
        onChange={(minimum) => change({ usage: { ...usage, minimum: Number(minimum) || 1 } })}
        min={1}
        max={100_000}
        allowDecimal={false}
        allowNegative={false}
        suffix=" minutes"
        hideControls
        classNames={{ input: styles.block }}
        error={wrongAt(places, `${pointer}/usage/minimum`)}
      />
    </>
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

type IdentityProps = { allotment: Allotment; wrong?: string; onChange: (allotment: Allotment) => void };

/** The name, and what is counted, which follows from a name that products know. */
function Identity({ allotment, wrong, onChange }: IdentityProps) {
  const list = useId();
  return (
    <div className={styles.more}>
      <TextInput
        label="Name"
        description="professional, analyzer, analyzer_time …"
        list={list}
        value={allotment.name}
        onChange={({ currentTarget }) => onChange(renamedAllotment(allotment, currentTarget.value))}
        error={wrong}
        autoComplete="off"
      />
      <datalist id={list}>
        {KNOWN_NAMES.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <NativeSelect
        label="Measured in"
        description="Can't be changed later"
        value={allotment.usage.class}
        onChange={({ currentTarget: { value } }) =>
          onChange(countedAs(allotment, value === "time" ? "time" : "assigned"))
        }
        data={[
          { value: "assigned", label: "Seats, for people" },
          { value: "time", label: "Minutes of use" },
        ]}
      />
    </div>
  );
}
