import type { Definition } from "@/domain/licenses/definition";

/** Analyzer time of 200 minutes with an overage of 50, in blocks of 6; two seats of each kind. */
export const DEFINITION = definitionOf(
  allotment("analyzer", "assigned", 1, 2),
  allotment("professional", "assigned", 1, 2),
  { ...allotment("analyzer_time", "time", 6, 200, "analyzer"), overage: 50 },
);

/** A definition of the products under test that is always valid. */
export function definitionOf(...allotments: Definition["allotments"]): Definition {
  return { product: "Enterprise", valid: "", trial: false, allotments, parameters: [] };
}

/** An allotment of the products under test. */
export function allotment(
  name: string,
  kind: "assigned" | "time",
  minimum: number,
  count: number,
  accessType = name,
) {
  return {
    name,
    usage: { class: kind, minimum },
    provisions: [{ accessType }],
    units: [{ count, valid: "" }],
  };
}
