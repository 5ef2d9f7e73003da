import type { FieldError } from "@/domain/refusals/refusal";
import { inForce, whyNoValidity } from "./validity";

export type UsageClass = "assigned" | "time";

/**
 * A dated part of an allotment's units. `valid` is `""`, `./.`, `2018-01-01/.`, `./2018-12-31` or
 * `2018-01-01/2018-12-31`: UTC days, the last one included.
 */
export type Units = { count: number; valid: string };

/** The usage allowed beyond the quota in a month: a number of minutes, or `"YES"` for no cap. */
export type Overage = number | "YES";

export type Allotment = {
  name: string;
  usage: { class: UsageClass; minimum: number };
  provisions: { accessType: string }[];
  units: Units[];
  overage?: Overage;
  products?: string[];
};

export type Parameter = {
  name: string;
  valid: string;
  values?: Record<string, unknown>;
  access?: { allotment?: string };
  products?: string[];
};

/** The content of a license. */
export type Definition = {
  product: string;
  valid: string;
  trial: boolean;
  allotments: Allotment[];
  parameters: Parameter[];
};

/**
 * A definition and the moment from which it is in force; the first definition of a license also covers all time
 * before. A correction replaces the one before it, in every month that hadn't ended by then.
 */
export type Era = { from: Date; definition: Definition; isCorrection?: boolean };

/** The key by which names of allotments are compared: without case. */
export function nameKey(name: string): string {
  return name.toLowerCase();
}

export function allotmentNamed(definition: Definition, name: string): Allotment | undefined {
  const key = nameKey(name);
  return definition.allotments.find((allotment) => nameKey(allotment.name) === key);
}

/**
 * The definition that a product sees: without the allotments and parameters that name only other products. Null
 * stands for an unknown product.
 */
export function definitionFor(definition: Definition, product: string | null): Definition {
  const isFor = ({ products }: { products?: string[] }) =>
    products === undefined || (product !== null && products.includes(product));
  return {
    ...definition,
    allotments: definition.allotments.filter(isFor),
    parameters: definition.parameters.filter(isFor),
  };
}

export function unitsInForce(allotment: Allotment, at: Date): number {
  return allotment.units.reduce((sum, { count, valid }) => (inForce(valid, at) ? sum + count : sum), 0);
}

/** The errors in a definition beyond its shape; pointers are relative to the definition. */
export function definitionErrors(definition: Definition): FieldError[] {
  return [
    ...validityErrors(definition.valid, "/valid"),
    ...definition.allotments.flatMap((allotment, i) => allotmentErrors(definition, allotment, i)),
    ...definition.parameters.flatMap(({ valid }, i) => validityErrors(valid, `/parameters/${i}/valid`)),
  ];
}

function allotmentErrors(definition: Definition, allotment: Allotment, index: number): FieldError[] {
  const at = `/allotments/${index}`;
  return [
    ...nameErrors(definition, index),
    ...allotment.units.flatMap(({ valid }, i) => validityErrors(valid, `${at}/units/${i}/valid`)),
    ...overageErrors(allotment, at),
  ];
}

function nameErrors({ allotments }: Definition, index: number): FieldError[] {
  const keys = allotments.map(({ name }) => nameKey(name));
  if (keys.indexOf(keys[index] ?? "") === index) return [];
  const detail = "Another allotment already has this name. Names are case-insensitive.";
  const pointer = `/allotments/${index}/name`;
  return [{ code: "DUPLICATE_ALLOTMENT", title: "Duplicate allotment", detail, pointer }];
}

function overageErrors({ usage, overage }: Allotment, at: string): FieldError[] {
  if (overage === undefined || overage === 0 || usage.class === "time") return [];
  const detail = "Only allotments of the usage class time can have overage.";
  return [{ code: "OVERAGE_NOT_METERED", title: "Overage not allowed", detail, pointer: `${at}/overage` }];
}

function validityErrors(valid: string, pointer: string): FieldError[] {
  const detail = whyNoValidity(valid);
  if (detail === null) return [];
  return [{ code: "INVALID_VALIDITY", title: "Invalid validity", detail, pointer }];
}
