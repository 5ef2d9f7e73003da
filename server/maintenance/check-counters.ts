import type { SqlRule } from "./check-rules";

/** Counters and repeated values equal the rows that they count or repeat. */
export const COUNTING_RULES: SqlRule[] = [
  {
    name: "seats-counted",
    rule: "the count of each allotment is the number of its live assignments",
    looked: `
      SELECT concat_ws(' ', coalesce(t.license, a.license), coalesce(t.key, a.allotment)) AS id,
        t.live = coalesce(a.live, 0) AS ok
      FROM allotment t
      FULL JOIN (SELECT license, allotment, count(*) AS live FROM assignment WHERE deleted IS NULL GROUP BY 1, 2) a
        ON a.license = t.license AND a.allotment = t.key`,
  },
  {
    name: "shares-counted",
    rule: "each share counts the live assignments of its source, and its license records when the share ends",
    looked: `
      SELECT concat_ws(' ', s.license, s.source, s.allotment) AS id, l.shares_until >= s.until AND s.live =
        (SELECT count(*) FROM assignment a WHERE a.license = s.license AND a.allotment = s.allotment
          AND a.source = s.source AND a.deleted IS NULL) AS ok
      FROM checkout_share s LEFT JOIN license l ON l.number = s.license`,
  },
  {
    name: "month-totals",
    rule: "the total of each month is the sum of its sources and of its days",
    looked: `
      SELECT concat_ws(' ', license, allotment, month) AS id,
        m.total = coalesce(u.total, 0) AND m.total = coalesce(d.total, 0) AS ok
      FROM usage_month m
      FULL JOIN (SELECT license, allotment, month, sum(consumed) AS total FROM usage GROUP BY 1, 2, 3) u
        USING (license, allotment, month)
      FULL JOIN (SELECT license, allotment, month, sum(consumed) AS total FROM usage_day GROUP BY 1, 2, 3) d
        USING (license, allotment, month)`,
  },
  {
    name: "reserved-minutes",
    rule: "each month counts what its open leases reserve, and how many there are",
    looked: `
      SELECT concat_ws(' ', license, allotment, month) AS id, coalesce(m.reserved, 0) = coalesce(l.reserved, 0)
        AND coalesce(m.open_leases, 0) = coalesce(l.open, 0) AND coalesce(m.leased, 0) <= coalesce(m.total, 0) AS ok
      FROM usage_month m
      FULL JOIN (SELECT license, allotment, month, sum(granted - booked) AS reserved,
        count(*) FILTER (WHERE NOT superseded) AS open FROM minute_lease WHERE state <> 'released' GROUP BY 1, 2, 3) l
        USING (license, allotment, month)`,
  },
  {
    name: "late-usage",
    rule: "late usage of a month is part of its source's usage in it",
    looked: `
      SELECT concat_ws(' ', l.license, l.allotment, l.month, l.source) AS id, l.total <= u.consumed AS ok
      FROM (SELECT license, allotment, month, source, sum(consumed) AS total FROM usage_late GROUP BY 1, 2, 3, 4) l
      LEFT JOIN usage u USING (license, allotment, month, source)`,
  },
  {
    name: "sessions-counted",
    isSlow: true,
    rule: "each month counts its sessions",
    looked: `
      SELECT concat_ws(' ', license, month) AS id, coalesce(m.sessions, 0) = coalesce(s.sessions, 0) AS ok
      FROM session_month m
      FULL JOIN (SELECT license, month, count(*) AS sessions FROM usage_session GROUP BY 1, 2) s
        USING (license, month)`,
  },
  {
    name: "denials-counted",
    rule: "each month counts its denials",
    looked: `
      SELECT concat_ws(' ', license, month) AS id, coalesce(m.denials, 0) = coalesce(d.denials, 0) AS ok
      FROM session_month m
      FULL JOIN (SELECT license, to_char(hour AT TIME ZONE 'UTC', 'YYYY-MM') AS month, count(*) AS denials
        FROM denial GROUP BY 1, 2) d
        USING (license, month)`,
  },
  {
    name: "session-sums",
    isSlow: true,
    rule: "the sums by user, app and deployment are those of the sessions",
    looked: `
      SELECT concat_ws(' ', license, month, allotment, kind) AS id, coalesce(t.minutes, 0) = coalesce(s.minutes, 0)
        AND coalesce(t.sessions, 0) = coalesce(s.sessions, 0) AS ok
      FROM (SELECT license, month, allotment, kind, key, minutes, sessions FROM session_total
        WHERE sessions <> 0 OR minutes <> 0) t
      FULL JOIN (SELECT license, month, allotment, k.kind, k.key, sum(minutes) AS minutes, count(*) AS sessions
        FROM usage_session CROSS JOIN LATERAL (VALUES ('user', coalesce(encode(subject_index, 'hex'), '')),
          ('app', app), ('deployment', source)) AS k(kind, key) GROUP BY 1, 2, 3, 4, 5) s
        USING (license, month, allotment, kind, key)`,
  },
  {
    name: "assignment-versions",
    rule: "the versions of a license's assignments are unique, and none is above the log head",
    looked: `
      SELECT concat_ws(' ', a.license, a.instance) AS id,
        a.version <= r.version AND a.added_version BETWEEN 1 AND a.version AND a.same = 1 AS ok
      FROM (SELECT license, instance, version, added_version,
        count(*) OVER (PARTITION BY license, version) AS same FROM assignment) a
      LEFT JOIN roster r ON r.license = a.license`,
  },
  {
    name: "one-seat-per-user",
    rule: "a user has one live assignment in an allotment, and none under an alias",
    looked: `
      SELECT concat_ws(' ', a.license, a.instance) AS id, a.same = 1 AND s.id IS NULL AS ok
      FROM (SELECT license, instance, subject_index,
        count(*) OVER (PARTITION BY license, allotment, subject_index) AS same FROM assignment WHERE deleted IS NULL) a
      LEFT JOIN subject_alias s ON s.license = a.license AND s.alias_index = a.subject_index`,
  },
  {
    name: "aliases",
    rule: "an alias has no alias, and its license knows that it has some",
    looked: `
      SELECT concat_ws(' ', s.license, s.id) AS id, l.has_aliases AND t.id IS NULL AS ok
      FROM subject_alias s JOIN license l ON l.number = s.license
      LEFT JOIN subject_alias t ON t.license = s.license AND t.alias_index = s.primary_index`,
  },
  {
    name: "tombstones",
    rule: "no tombstone is left at or below the horizon",
    looked: `
      SELECT concat_ws(' ', a.license, a.instance) AS id, a.version > r.horizon AS ok
      FROM assignment a LEFT JOIN roster r ON r.license = a.license WHERE a.deleted IS NOT NULL`,
  },
  {
    name: "assignment-logs",
    rule: "every license has an assignment log, whose horizon is not above its version",
    looked: `
      SELECT l.number AS id, r.horizon <= r.version AS ok
      FROM license l LEFT JOIN roster r ON r.license = l.number`,
  },
  {
    name: "definitions-in-force",
    rule: "every license names a definition of its own, with its version, and has both data keys",
    looked: `
      SELECT l.number AS id, d.license = l.number AND d.version = l.version
        AND (SELECT count(*) FROM data_key k
          WHERE k.scope = l.number AND k.purpose IN ('encryption', 'mac')) = 2 AS ok
      FROM license l LEFT JOIN definition d ON d.id = l.definition_id`,
  },
  {
    name: "allotment-products",
    rule: "each allotment is for the products that the definition in force names",
    looked: `
      SELECT concat_ws(' ', t.license, t.key) AS id, to_jsonb(t.products) = coalesce(a -> 'products', '[]') AS ok
      FROM allotment t
      JOIN license l ON l.number = t.license
      JOIN definition d ON d.id = l.definition_id
      CROSS JOIN jsonb_array_elements(d.content -> 'allotments') a
      WHERE a ->> 'name' = t.name`,
  },
  {
    name: "active-signing-key",
    rule: "one signing key is active",
    looked: `
      SELECT 'signing keys' AS id,
        (SELECT count(*) FROM signing_key WHERE status = 'active' AND private_key IS NOT NULL) = 1 AS ok`,
  },
];
