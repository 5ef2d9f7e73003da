import { Refusal, type RefusalCode } from "@/domain/refusals/refusal";

/** The detail errors of SCIM (RFC 7644, table 9) that this server uses. */
export const SCIM_TYPES = [
  "invalidFilter",
  "uniqueness",
  "mutability",
  "invalidSyntax",
  "invalidPath",
  "noTarget",
  "invalidValue",
] as const;
export type ScimType = (typeof SCIM_TYPES)[number];

const CODES: Partial<Record<ScimType, RefusalCode>> = {
  invalidFilter: "INVALID_QUERY",
  uniqueness: "NAME_TAKEN",
};

/** A refusal with a detail error of SCIM; `title` is the sentence that the directory logs. */
export function scimRefusal(type: ScimType, title: string): Refusal {
  return new Refusal(CODES[type] ?? "INVALID_BODY", title, { faults: [{ code: type, title }] });
}

/** The detail error of a refusal; undefined if SCIM has none for it. */
export function scimTypeOf({ faults }: Pick<Refusal, "faults">): ScimType | undefined {
  return SCIM_TYPES.find((type) => faults.some(({ code }) => code === type));
}
