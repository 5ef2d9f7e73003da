import { CONTACT_DAYS } from "@/domain/contact-days";
import { ADMITTED } from "./admission";
import { FIRST_SEEN_COLUMNS } from "./first-seen";

/** The columns that make the origin of a call: its address and its user agent. */
const PLACE = ["product", "version", "os", "address"];
/** The columns of a call that a deployment row keeps; null means unknown and changes nothing. */
const FACTS = [...PLACE, "clock_skew"];

/** The kinds of call whose time a deployment keeps. */
export type Stamp = "last_seen" | "last_report" | "last_sync";

/**
 * Whether the row `d` has the facts of the call `c` already: the same values, and a `stamp` of the same day less than
 * a minute ago. Then it isn't written, so that an idle deployment costs at most one write a minute.
 */
export function deploymentIsKnown(stamp: Stamp): string {
  const same = PLACE.map((name) => tells("d", "c", name));
  return `(d.source IS NOT NULL AND d.jti = c.jti AND d.${stamp} > c.now - interval '1 minute' AND ${daysBetween(`d.${stamp}`, "c.now")} = 0 AND ${same.join(" AND ")})`;
}

/**
 * The facts in row `d` before the call `c`, for the rules of suspicion; `moved` is null unless the call comes from
 * another origin.
 */
export const TRACK_COLUMNS = `
  d.evidence, CASE WHEN d.source IS NOT NULL AND NOT ${isSameOrigin("d", "c")} THEN ${place("d")} ||
    jsonb_build_object('left', coalesce(d.trail, '[]')) END AS moved`;

/** Records the callers of the CTE `rows` that are admitted and not `known`; `set` are more columns, each also in `rows`. */
export function recordDeployments(rows: string, stamp: Stamp, set: string[] = []): string {
  const columns = [...FACTS, ...set];
  const kept = columns.map((name) => `${name} = coalesce(excluded.${name}, deployment.${name})`);
  return `
  INSERT INTO deployment (license, source, jti, ${columns.join(", ")}, first_seen, last_seen${stampColumn(stamp)})
  SELECT DISTINCT ON (license, source) license, source, jti, ${columns.join(", ")}, now, now${stamp === "last_seen" ? "" : ", now"}
  FROM ${rows} WHERE source IS NOT NULL AND known IS NOT TRUE AND ${ADMITTED}
  ORDER BY license, source
  ON CONFLICT (license, source) DO UPDATE SET jti = excluded.jti, ${kept.join(", ")},
    trail = CASE WHEN ${isSameOrigin("deployment", "excluded")} THEN deployment.trail
      ELSE jsonb_path_query_array(coalesce(deployment.trail, '[]'), '$[last]') ||
        (${place("deployment")} || jsonb_build_object('at', excluded.last_seen)) END,
    contacts = ${contactsAfter("deployment", "excluded.last_seen")},
    last_seen = greatest(excluded.last_seen, deployment.last_seen)${stamp === "last_seen" ? "" : `, ${stamp} = excluded.${stamp}`}
  RETURNING ${FIRST_SEEN_COLUMNS}`;
}

function stampColumn(stamp: Stamp): string {
  return stamp === "last_seen" ? "" : `, ${stamp}`;
}

/** The value after the first call: its day, and above it the bit that marks the start of recording. */
const FIRST_CALL = 0b11;

/** The value for `contactDays`, shifted to the day of a call and with that day set. */
function contactsAfter(row: string, call: string): string {
  const days = daysBetween(`${row}.last_seen`, call);
  const moved = `((${row}.contacts << least(${days}, ${CONTACT_DAYS + 1})) | 1)`;
  const begin = 1 << CONTACT_DAYS;
  return `CASE WHEN ${days} <= 0 THEN greatest(${row}.contacts, ${FIRST_CALL})
      WHEN ${moved} < ${2 * begin} THEN ${moved} ELSE (${moved} & ${begin - 1}) | ${begin} END`;
}

/** The number of UTC days between two times. */
function daysBetween(from: string, to: string): string {
  return `((${to} AT TIME ZONE 'UTC')::date - (${from} AT TIME ZONE 'UTC')::date)`;
}

function isSameOrigin(row: string, call: string): string {
  return `(${PLACE.map((name) => tells(row, call, name)).join(" AND ")})`;
}

function tells(row: string, call: string, name: string): string {
  return `${row}.${name} IS NOT DISTINCT FROM coalesce(${call}.${name}, ${row}.${name})`;
}

function place(row: string): string {
  return `jsonb_build_object(${PLACE.map((name) => `'${name}', ${row}.${name}`).join(", ")})`;
}
