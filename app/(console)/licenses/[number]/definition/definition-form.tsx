"use client";

import { Button, Switch } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { allotmentCalled, USUAL_NAMES } from "@/domain/licenses/allotment-names";
import {
  type Allotment,
  allotmentNamed,
  type Definition,
  nameKey,
  type Parameter,
} from "@/domain/licenses/definition";
import { doubtsOf } from "@/domain/licenses/definition-doubts";
import { KNOWN_PRODUCTS } from "@/domain/licenses/products";
import { AllotmentFields } from "./allotment-fields";
import { DayRange } from "./day-range";
import styles from "./definition-form.module.css";
import { type FieldMessages, wrongAt } from "./field-paths";
import { ParameterFields } from "./parameter-fields";
import { ProductField } from "./product-field";
import type { DefinitionDraft } from "./use-definition-draft";

type Props = {
  draft: Pick<DefinitionDraft, "definition" | "edit">;
  places: FieldMessages;
  base: Definition;
  now: Date;
  /** The products to choose from. */
  products?: readonly string[];
  /** For a new license: shortcuts to common validities, below the days. Units may still be missing there. */
  periods?: ReactNode;
};

const NEW_PARAMETER: Parameter = { name: "", valid: "" };

export function DefinitionForm(parts: Props) {
  const { places, base, now, products = KNOWN_PRODUCTS, periods } = parts;
  const { definition, edit } = parts.draft;
  const { product, valid, trial, allotments, parameters } = definition;
  const change = (part: Partial<Definition>) => edit({ ...definition, ...part });
  const setAllotments = (next: Allotment[]) => change({ allotments: next });
  const setParameters = (next: Parameter[]) => change({ parameters: next });
  const doubts = doubtsOf(definition).filter(({ pointer }) => !periods || !pointer.endsWith("/units"));
  const plus = <IconPlus size={16} stroke={1.75} aria-hidden />;
  return (
    <div className={styles.form}>
      <div className={styles.top}>
        <ProductField
          id="product"
          product={product}
          choices={products}
          error={wrongAt(places, "/product")}
          onChange={(code) => change({ product: code })}
        />
        <Switch
          label="Trial"
          checked={trial}
          onChange={({ currentTarget }) => change({ trial: currentTarget.checked })}
          className={styles.trial}
        />
        <fieldset className={styles.valid}>
          <legend className={styles.hidden}>Valid</legend>
          <DayRange
            of="Valid"
            valid={valid}
            error={wrongAt(places, "/valid")}
            onChange={(days) => change({ valid: days })}
          />
          <div className={styles.hint}>
            {periods}
            <span>UTC days, both included</span>
          </div>
        </fieldset>
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
        {missing(allotments).map((name) => (
          <Button
            key={name}
            variant="default"
            leftSection={plus}
            aria-label={`Add ${name}`}
            onClick={() => setAllotments([...allotments, allotmentCalled(name)])}
          >
            {name}
          </Button>
        ))}
        <Button
          variant="default"
          leftSection={plus}
          onClick={() => setAllotments([...allotments, allotmentCalled("")])}
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

/** The usual names that the definition doesn't have. */
function missing(allotments: readonly Allotment[]): string[] {
  const held = new Set(allotments.map(({ name }) => nameKey(name)));
  return USUAL_NAMES.filter((name) => !held.has(name));
}

/** An allotment is also new while it is typed with the name of another one. */
function isNew(base: Definition, allotments: Allotment[], index: number): boolean {
  const key = nameKey(allotments[index]?.name ?? "");
  const isFirst = allotments.findIndex(({ name }) => nameKey(name) === key) === index;
  return !isFirst || !allotmentNamed(base, key);
}
