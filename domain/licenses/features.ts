/** The features that a client can announce in the header `Signet-Features`. */
export const FEATURES = ["leases", "aliases", "dual-use"] as const;
export type Feature = (typeof FEATURES)[number];

/** Reads `leases, dual-use`; unknown and repeated names are left out. */
export function parseFeatures(header: string | undefined): Feature[] {
  if (!header) return [];
  const named = new Set(
    header
      .toLowerCase()
      .split(",")
      .map((name) => name.trim()),
  );
  return FEATURES.filter((feature) => named.has(feature));
}
