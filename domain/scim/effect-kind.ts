/** What a connection does, or would do: in the report of a directory. */
export const EFFECT_KINDS = [
  "released",
  "assigned",
  "refused",
  "spelling",
  "no-subject",
  "member-unknown",
  "operation-failed",
] as const;
export type EffectKind = (typeof EFFECT_KINDS)[number];
