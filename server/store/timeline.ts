/** The timeline of the server that runs the statement, which a promoted standby increments. Fails on a standby. */
export const TIMELINE = "left(pg_walfile_name(pg_current_wal_lsn()), 8)";

/**
 * Whether that is the timeline that the installation has recorded. A promoted standby can lack the last commits: its
 * state of a license may be older than what was answered. Computed once per statement, however many rows it has.
 */
export const ON_TIMELINE = `(SELECT timeline = ${TIMELINE} FROM installation WHERE id = 1)`;

/** The proof that the store went back in time: the timeline, or a deployment's mark of a base from that epoch. */
export type Proof = { by: "timeline" } | { by: "mark"; license: string; epoch: string };

/** Thrown before anything is answered or written; `throughRestores` marks the store as restored and runs the work again. */
export class StoreWentBack extends Error {
  override name = "StoreWentBack";

  constructor(readonly proof: Proof) {
    super("The store went back in time and is being marked as restored.");
  }
}
