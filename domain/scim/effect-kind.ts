/** What a connection does, or in report mode would do. */
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
