import type { SqlRule } from "./check-rules";

/** Seats, the minutes of leases, and what refers to them. */
export const SEAT_RULES: SqlRule[] = [
  {
    name: "assignment-order",
    rule: "no two live assignments of a license were added at the same version",
    looked: `
      SELECT concat_ws(' ', license, instance) AS id, count(*) OVER (PARTITION BY license, added_version) = 1 AS ok
      FROM assignment WHERE deleted IS NULL`,
  },
  {
    name: "live-details",
    rule: "only live seats have aliases and hashes for offline logs",
    looked: `
      SELECT concat_ws(' ', x.source, x.license, x.instance) AS id, a.instance IS NOT NULL AS ok
      FROM (SELECT 'alias_text' AS source, license, instance FROM alias_text
        UNION ALL SELECT 'offline_hash', license, instance FROM offline_hash) x
      LEFT JOIN assignment a ON a.license = x.license AND a.instance = x.instance AND a.deleted IS NULL`,
  },
  {
    name: "offline-lines",
    rule: "each seat and rejection of an offline log is of a line that was applied",
    looked: `
      SELECT concat_ws(' ', x.license, x.log, x.sequence) AS id, x.sequence BETWEEN 1 AND l.through AS ok
      FROM (SELECT license, log, sequence FROM offline_seat
        UNION ALL SELECT license, log, sequence FROM offline_rejection) x
      LEFT JOIN offline_log l ON l.license = x.license AND l.log = x.log`,
  },
  {
    name: "usage-days",
    rule: "each day of usage is in its month, and late usage arrived after its month",
    looked: `
      SELECT concat_ws(' ', license, allotment, month, day, source) AS id, to_char(day, 'YYYY-MM') = month AS ok
      FROM usage_day
      UNION ALL SELECT concat_ws(' ', license, allotment, month, arrived, source), to_char(arrived, 'YYYY-MM') > month
      FROM usage_late`,
  },
  {
    name: "booked-leases",
    rule: "the leases of a source booked no more minutes than it used",
    looked: `
      SELECT concat_ws(' ', b.license, b.allotment, b.month, b.source) AS id, b.booked <= u.consumed AS ok
      FROM (SELECT license, allotment, month, source, sum(booked) AS booked FROM minute_lease
        GROUP BY 1, 2, 3, 4 HAVING sum(booked) > 0) b
      LEFT JOIN usage u USING (license, allotment, month, source)`,
  },
  {
    name: "reclaim-runs",
    rule: "each reclaim run counts the seats that it announced and those that it released",
    looked: `
      SELECT concat_ws(' ', r.license, r.id) AS id, r.seats = coalesce(s.seats, 0)
        AND r.released = coalesce(s.released, 0) AND coalesce(s.restored, true)
        AND (r.ended_at IS NULL) = (r.state = 'announced') AS ok
      FROM reclaim_run r
      LEFT JOIN (SELECT run, count(*) AS seats, count(*) FILTER (WHERE result = 'released') AS released,
        bool_and((restored_as IS NULL) = (restored_at IS NULL) AND (restored_as IS NULL OR result = 'released')) AS restored
        FROM reclaim_seat GROUP BY run) s ON s.run = r.id`,
  },
  {
    name: "scim-seats",
    rule: "a seat that a directory gave is named by its grant, and is one of the grant's allotment",
    looked: `
      SELECT concat_ws(' ', g.license, g."group", g."user", g.allotment) AS id, u.connection = g.connection
        AND (g.state <> 'given' OR g.instance IS NOT NULL) AND (g.state IN ('given', 'leaving') OR g.instance IS NULL)
        AND coalesce(a.allotment = g.allotment, true) AS ok
      FROM scim_grant g JOIN scim_user u ON u.id = g."user"
      LEFT JOIN assignment a ON a.license = g.license AND a.instance = g.instance`,
  },
];
