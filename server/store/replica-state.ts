import { TIMELINE } from "./timeline";

/** Which database it is, as the same in a primary and in its standbys. */
const STORE =
  "(SELECT concat_ws('/', system_identifier, oid) FROM pg_control_system(), pg_database WHERE datname = current_database())";

/** Positions in the write-ahead log are its bytes so far. Also what isn't flushed yet may be seen by others. */
export const READ_PRIMARY = {
  name: "primary_position",
  text: `SELECT ${STORE} AS store, ${TIMELINE} AS timeline, (pg_current_wal_insert_lsn() - '0/0')::float8 AS position`,
};

export type PrimaryState = { store: string; timeline: string; position: number };

/**
 * `recorded` is the timeline that Signet noted in the store, so that a replica which has it has replayed a part of that
 * timeline; `followed` is the one that the standby is on by its own account, which can be late.
 */
export const READ_STANDBY = {
  name: "standby_position",
  text: `SELECT ${STORE} AS store, pg_is_in_recovery() AS standby, (SELECT timeline FROM installation WHERE id = 1) AS recorded,
    upper(lpad(to_hex(greatest((SELECT received_tli FROM pg_stat_wal_receiver), min_recovery_end_timeline)), 8, '0')) AS followed,
    (pg_last_wal_replay_lsn() - '0/0')::float8 AS replayed
  FROM pg_control_recovery()`,
};

export type StandbyState = {
  store: string;
  standby: boolean;
  recorded: string | null;
  followed: string;
  replayed: number;
};

/** Why a server can't stand in for the primary, as a sentence; null if it can. */
export function whyUnfit(
  primary: PrimaryState,
  { store, standby, recorded, followed }: StandbyState,
): string | null {
  if (!standby) return "It isn't a standby.";
  if (store !== primary.store) return "It is a standby of another database.";
  if (recorded !== primary.timeline || followed > primary.timeline) return "It is on another timeline.";
  return null;
}
