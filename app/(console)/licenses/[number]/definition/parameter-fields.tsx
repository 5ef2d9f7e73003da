"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import type { Parameter } from "@/domain/licenses/definition";
import styles from "./allotment-fields.module.css";
import { DayRange } from "./day-range";
import { type FieldMessages, wrongAt } from "./field-paths";
import { ListInput } from "./list-input";
import { SectionHead } from "./section-head";

type Props = {
  parameter: Parameter;
  pointer: string;
  places: FieldMessages;
  allotments: string[];
  onChange: (parameter: Parameter) => void;
  onRemove: () => void;
};

/** Parameters that products receive besides the allotments. Their values are arbitrary JSON and are edited as JSON. */
export function ParameterFields({ parameter, pointer, places, allotments, onChange, onRemove }: Props) {
  const { name, valid, values, access, products = [] } = parameter;
  const shown = name || "New parameter";
  const change = (part: Partial<Parameter>) => onChange({ ...parameter, ...part });
  return (
    <fieldset className={styles.pool} aria-label={shown}>
      <SectionHead name={shown} kind="parameter" onRemove={onRemove} />
      <DayRange
        of={shown}
        valid={valid}
        error={wrongAt(places, `${pointer}/valid`)}
        onChange={(days) => change({ valid: days })}
      />
      <div className={styles.more}>
        <TextInput
          label="Name"
          value={name}
          onChange={({ currentTarget }) => change({ name: currentTarget.value })}
          error={wrongAt(places, `${pointer}/name`)}
          autoComplete="off"
        />
        <NativeSelect
          label="Applies to"
          value={access?.allotment ?? ""}
          onChange={({ currentTarget: { value } }) =>
            change({ access: value ? { allotment: value } : undefined })
          }
          data={[
            { value: "", label: "every allotment" },
            ...new Set([...allotments, ...(access?.allotment ? [access.allotment] : [])]),
          ]}
        />
        <ListInput
          label="Only for products"
          value={products}
          onChange={(codes) => change({ products: codes.length > 0 ? codes : undefined })}
          error={wrongAt(places, `${pointer}/products`)}
        />
      </div>
      {values ? (
        <p>
          Values <code>{JSON.stringify(values)}</code>, edited as JSON.
        </p>
      ) : null}
    </fieldset>
  );
}
