import type { TopKind } from "@/domain/consumption/session";
import { SYSTEM } from "@/server/access/actor";
import { listSessions } from "@/server/consumption/sessions/session-list";
import { withPartitions } from "@/server/consumption/sessions/session-partitions";
import { type SessionRow, storeSessions } from "@/server/consumption/sessions/session-statement";
import { sessionSums, topsOf } from "@/server/consumption/sessions/session-tops";
import { createLicense } from "@/server/licenses/licenses";
import { prepareInstallation } from "@/server/maintenance/installation";
import { parseEnv } from "@/server/store/env";
import { closeStore, openStore, store } from "@/server/store/store";
import { PATIENT } from "@/server/store/store-connections";
import { atMost, type Line, plain } from "./results";
import { median } from "./rounds";
import { allotment, newDatabase } from "./stores";

const SESSIONS = 1_000_000;
const BY_REPORT = 50_000;
const AT_ONCE = 1000;
const USERS = 100_000;
const APPS = 500;
const SOURCES = 50;
const PAGE = 200;
const TRIES = 15;
const MOST_MS = 300;
const MINUTE = 60_000;
const KINDS = ["user", "app", "deployment"] as const;

/** A month of one license with 1,000,000 sessions: storing them, then reading top lists and pages. */
export async function measureSessions(server: string): Promise<Line[]> {
  await openStore(parseEnv(await newDatabase(server)), PATIENT);
  try {
    const now = new Date();
    const month = now.toISOString().slice(0, 7);
    await prepareInstallation(now);
    const allotments = [allotment("analyzer_time", "time", 1_000_000)];
    const { number } = await createLicense({ customer: "Mill", product: "QSEfW", allotments }, SYSTEM, now);
    const stored = await fill(number, month, now);
    await fillRest(number, month, now);
    await store().db.$executeRawUnsafe("VACUUM ANALYZE usage_session, session_total");
    return [plain("Sessions stored, 1,000 in a report: /s", stored, 0), ...(await read(number, month, now))];
  } finally {
    await closeStore();
  }
}

/** Stores sessions as reports do; returns how many a second. */
async function fill(license: string, month: string, now: Date): Promise<number> {
  const begun = performance.now();
  for (let first = 0; first < BY_REPORT; first += AT_ONCE) {
    const rows = Array.from({ length: AT_ONCE }, (_, index) => sessionOf(license, month, first + index, now));
    await withPartitions(new Set([month]), () => store().sql.transaction((tx) => storeSessions(tx, rows)));
  }
  return BY_REPORT / ((performance.now() - begun) / 1000);
}

/** The rest of the month, as if it had been stored so, and the sums over all of it. */
async function fillRest(license: string, month: string, now: Date): Promise<void> {
  const { db } = store();
  await db.$executeRaw`
    INSERT INTO usage_session (license, month, source, id, allotment, subject_index, app, started_at, ended_at, minutes)
    SELECT ${license}, ${month}, 'site-' || nth % ${SOURCES}::bigint, 'session-' || nth, 'analyzer_time',
      decode(lpad(to_hex((nth * 7919) % ${USERS}::bigint), 64, '0'), 'hex'), 'App ' || nth % ${APPS}::bigint,
      ${now}::timestamptz - (nth % 40000 + 30) * interval '1 minute', ${now}::timestamptz - (nth % 40000) * interval '1 minute', 6 * (1 + nth % 9)
    FROM generate_series(${BY_REPORT}::bigint, ${SESSIONS - 1}::bigint) nth`;
  await db.$executeRaw`DELETE FROM session_total`;
  await db.$executeRaw`
    INSERT INTO session_total (license, month, allotment, kind, key, minutes, sessions)
    SELECT license, month, allotment, k.kind, k.key, sum(minutes), count(*)
    FROM usage_session CROSS JOIN LATERAL
      (VALUES ('user', encode(subject_index, 'hex')), ('app', app), ('deployment', source)) AS k(kind, key)
    GROUP BY license, month, allotment, k.kind, k.key`;
  await db.$executeRaw`UPDATE session_month SET sessions = ${SESSIONS}`;
}

function sessionOf(license: string, month: string, nth: number, now: Date): SessionRow {
  const end = new Date(now.getTime() - (nth % 40_000) * MINUTE);
  return {
    ...{ license, month, source: `site-${nth % SOURCES}`, id: `session-${nth}`, allotment: "analyzer_time" },
    ...{
      user: userOf(nth),
      subject: null,
      app: `App ${nth % APPS}`,
    },
    ...{ start: new Date(end.getTime() - 30 * MINUTE), end, minutes: 6 * (1 + (nth % 9)) },
  };
}

function userOf(nth: number): string {
  return ((nth * 7919) % USERS).toString(16).padStart(64, "0");
}

async function read(license: string, month: string, now: Date): Promise<Line[]> {
  const of = {
    license,
    meter: { key: "analyzer_time", name: "analyzer_time" },
    month,
  };
  const tops = async () => {
    const sums = await sessionSums(of);
    return Promise.all(KINDS.map((kind) => topsOf({ ...of, kind, withNames: true, limit: 100 }, sums)));
  };
  const within = (kind: TopKind, key: string) => async () => {
    const sums = await sessionSums(of);
    const others = KINDS.filter((other) => other !== kind);
    const asked = { ...of, withNames: true, limit: 100, within: { kind, key } };
    return Promise.all(others.map((other) => topsOf({ ...asked, kind: other }, sums)));
  };
  const page = (cursor?: string) => listSessions(license, { withNames: true }, { limit: PAGE, cursor });
  const { next } = await page();
  const from = new Date(now.getTime() - 20 * 24 * 60 * MINUTE);
  const ended = () =>
    listSessions(license, { withNames: true, ended: { from }, sort: "endTime" }, { limit: PAGE });
  return [
    ...(await timed("Top users, apps and deployments of 1,000,000 sessions", tops)),
    ...(await timed("The apps and deployments of one user", within("user", userOf(1)))),
    ...(await timed("The users and deployments of one app", within("app", "App 1"))),
    ...(await timed("The users and apps of one deployment", within("deployment", "site-1"))),
    ...(await timed("A page of 200 of them, the latest end first", () => page(next ?? ""))),
    ...(await timed("The first page of the last 20 days", ended)),
  ];
}

async function timed(what: string, work: () => Promise<unknown>): Promise<Line[]> {
  const cold = await timeOf(work);
  const times: number[] = [];
  for (let nth = 0; nth < TRIES; nth += 1) times.push(await timeOf(work));
  return [
    atMost(`${what}, the slowest of ${TRIES}: ms`, Math.max(...times), MOST_MS, 0),
    plain("  median: ms", median(times), 0),
    plain("  the first, from the disk: ms", cold, 0),
  ];
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
