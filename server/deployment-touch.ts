import { ADMITTED } from "./admission";

/** The columns of a call that a deployment row keeps; a null says nothing and changes nothing. */
const FACTS = ["product", "version", "os", "address", "clock_skew"];
const COMPARED = ["product", "version", "os", "address"];

/**
 * Whether the row `d` tells of the call `c` already: same facts, and its `stamp` less than a minute old. Then it is
 * not written, so that an idle deployment costs one write a minute at most.
 */
export function deploymentIsKnown(stamp: string, more: string[] = []): string {
  const same = [...COMPARED, ...more].map(
    (name) => `d.${name} IS NOT DISTINCT FROM coalesce(c.${name}, d.${name})`,
  );
  return `(d.source IS NOT NULL AND d.jti = c.jti AND d.${stamp} > c.now - interval '1 minute' AND ${same.join(" AND ")})`;
}

/** Records the callers of the CTE `rows` that are let in and not `known`; `set` are further columns, each also in `rows`. */
export function recordDeployments(rows: string, stamp: string, set: string[] = []): string {
  const columns = [...FACTS, ...set];
  const kept = columns.map((name) => `${name} = coalesce(excluded.${name}, deployment.${name})`);
  return `
  INSERT INTO deployment (license, source, jti, ${columns.join(", ")}, first_seen, last_seen${stampColumn(stamp)})
  SELECT DISTINCT ON (license, source) license, source, jti, ${columns.join(", ")}, now, now${stamp === "last_seen" ? "" : ", now"}
  FROM ${rows} WHERE source IS NOT NULL AND known IS NOT TRUE AND ${ADMITTED}
  ORDER BY license, source
  ON CONFLICT (license, source) DO UPDATE SET jti = excluded.jti, ${kept.join(", ")},
    last_seen = greatest(excluded.last_seen, deployment.last_seen)${stamp === "last_seen" ? "" : `, ${stamp} = excluded.${stamp}`}`;
}

function stampColumn(stamp: string): string {
  return stamp === "last_seen" ? "" : `, ${stamp}`;
}
