"use client";

import { Button, Switch, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import {
  type Allotment,
  allotmentNamed,
  type Definition,
  nameKey,
  type Parameter,
} from "@/domain/licenses/definition";
import { doubtsOf } from "@/domain/licenses/definition-doubts";
import { AllotmentFields } from "./allotment-fields";
import { DayRange } from "./day-range";
import styles from "./definition-form.module.css";
import { type FieldMessages, wrongAt } from "./field-paths";
import { ParameterFields } from "./parameter-fields";
import type { DefinitionDraft } from "./use-definition-draft";

type Props = {
  draft: Pick<DefinitionDraft, "definition" | "edit">;
  places: FieldMessages;
  base: Definition;
  now: Date;
};

const NEW_ALLOTMENT: Allotment = {
  name: "",
  usage: { class: "assigned", minimum: 1 },
  provisions: [],
  units: [{ count: 0, valid: "" }],
};
const NEW_PARAMETER: Parameter = { name: "", valid: "" };

export function DefinitionForm({ draft: { definition, edit }, places, base, now }: Props) {
  const { product, valid, trial, allotments, parameters } = definition;
  const change = (part: Partial<Definition>) => edit({ ...definition, ...part });
  const setAllotments = (next: Allotment[]) => change({ allotments: next });
  const setParameters = (next: Parameter[]) => change({ parameters: next });
  const doubts = doubtsOf(definition);
  const plus = <IconPlus size={16} stroke={1.75} aria-hidden />;
  return (
    <div className={styles.form}>
      <div className={styles.top}>
        <div className={styles.valid}>
          <span className={styles.label}>Valid from – to (UTC, inclusive)</span>
          <DayRange
            of="Valid"
            valid={valid}
            error={wrongAt(places, "/valid")}
            onChange={(days) => change({ valid: days })}
          />
        </div>
        <TextInput
          label="Product"
          value={product}
          onChange={({ currentTarget }) => change({ product: currentTarget.value })}
          error={wrongAt(places, "/product")}
          autoComplete="off"
        />
        <Switch
          label="Trial"
          checked={trial}
          onChange={({ currentTarget }) => change({ trial: currentTarget.checked })}
          className={styles.trial}
        />
      </div>
      {allotments.map((allotment, index) => (
        <AllotmentFields
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while it is typed
          key={index}
          allotment={allotment}
          pointer={`/allotments/${index}`}
          places={places}
          doubts={doubts.filter(({ pointer }) => pointer.startsWith(`/allotments/${index}/`))}
          isNew={isNew(base, allotments, index)}
          now={now}
          onChange={(next) => setAllotments(allotments.map((one, i) => (i === index ? next : one)))}
          onRemove={() => setAllotments(allotments.filter((_, i) => i !== index))}
        />
      ))}
      {parameters.map((parameter, index) => (
        <ParameterFields
          // biome-ignore lint/suspicious/noArrayIndexKey: the name changes while it is typed
          key={index}
          parameter={parameter}
          pointer={`/parameters/${index}`}
          places={places}
          allotments={allotments.map(({ name }) => name)}
          onChange={(next) => setParameters(parameters.map((one, i) => (i === index ? next : one)))}
          onRemove={() => setParameters(parameters.filter((_, i) => i !== index))}
        />
      ))}
      <div className={styles.add}>
        <Button
          variant="default"
          leftSection={plus}
          onClick={() => setAllotments([...allotments, NEW_ALLOTMENT])}
        >
          Add allotment
        </Button>
        <Button
          variant="default"
          leftSection={plus}
          onClick={() => setParameters([...parameters, NEW_PARAMETER])}
        >
          Add parameter
        </Button>
      </div>
    </div>
  );
}

/** An allotment is also new while it is typed with the name of another one. */
function isNew(base: Definition, allotments: Allotment[], index: number): boolean {
  const key = nameKey(allotments[index]?.name ?? "");
  const isFirst = allotments.findIndex(({ name }) => nameKey(name) === key) === index;
  return !isFirst || !allotmentNamed(base, key);
}
