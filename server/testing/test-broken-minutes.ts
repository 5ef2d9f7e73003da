import { type Broken, broken } from "./test-broken-rule";

/** The counters of seats, shares and minutes. */
export const BROKEN_MINUTES: readonly Broken[] = [
  broken(
    "seats-counted",
    "a seat that isn't counted",
    /^\d{16} professional$/,
    "UPDATE allotment SET live = live + 1 WHERE key = 'professional' AND license IN (SELECT license FROM subject_alias)",
  ),
  broken(
    "shares-counted",
    "a share that counts wrong",
    /^\d{16} mill professional$/,
    "UPDATE checkout_share SET live = live + 1",
  ),
  broken(
    "shares-counted",
    "a license that doesn't know of its shares",
    /^\d{16} mill professional$/,
    "UPDATE license SET shares_until = NULL",
  ),
  broken(
    "month-totals",
    "a month that is too high",
    /^\d{16} analyzer_time 2026-07$/,
    "UPDATE usage_month SET total = total + 1 WHERE month = '2026-07'",
  ),
  broken(
    "month-totals",
    "days that don't add up",
    /^\d{16} analyzer_time 2026-07$/,
    "UPDATE usage_day SET consumed = consumed + 1 WHERE month = '2026-07'",
  ),
  broken(
    "month-totals",
    "a source whose month has no total",
    /^9999999999999999 core_time 2026-07$/,
    "INSERT INTO usage VALUES ('9999999999999999', 'core_time', '2026-07', 's', 5, 0)",
  ),
  broken(
    "reserved-minutes",
    "reserved minutes that no lease holds",
    /^\d{16} analyzer_time 2026-08$/,
    "UPDATE usage_month SET reserved = reserved + 1 WHERE open_leases > 0",
  ),
  broken(
    "reserved-minutes",
    "a lease that isn't counted",
    /^\d{16} analyzer_time 2026-08$/,
    "UPDATE minute_lease SET superseded = true",
  ),
  broken(
    "late-usage",
    "more late minutes than minutes",
    /^\d{16} analyzer_time 2026-07 \S+$/,
    "UPDATE usage_late SET consumed = consumed + 1",
  ),
  broken(
    "sessions-counted",
    "a session that isn't counted",
    /^\d{16} 2026-07$/,
    "UPDATE session_month SET sessions = sessions + 1 WHERE month = '2026-07'",
  ),
  broken(
    "denials-counted",
    "a denial that was never reported",
    /^\d{16} 2026-07$/,
    "UPDATE session_month SET denials = denials + 1 WHERE month = '2026-07'",
  ),
  broken(
    "session-sums",
    "an app with more minutes than its sessions",
    /^\d{16} 2026-07 analyzer_time app$/,
    "UPDATE session_total SET minutes = minutes + 1 WHERE kind = 'app' AND month = '2026-07'",
  ),
];
