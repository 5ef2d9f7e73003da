/** What a client can say that it understands, in the header `Signet-Features`. */
const FEATURES = ["leases", "aliases", "dual-use"] as const;
export type Feature = (typeof FEATURES)[number];

/** Reads `leases, dual-use`; names that nobody knows are left out, as are repeated ones. */
export function parseFeatures(header: string | undefined): Feature[] {
  const named = new Set(
    (header ?? "")
      .toLowerCase()
      .split(",")
      .map((name) => name.trim()),
  );
  return FEATURES.filter((feature) => named.has(feature));
}
