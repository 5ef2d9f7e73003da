import type { ReportError } from "@/domain/consumption/report";
import {
  firstKeptMonth,
  readSessions,
  type SessionError,
  sessionError,
  type UsageSession,
} from "@/domain/consumption/session";
import { Refusal } from "@/domain/refusals/refusal";
import type { Report } from "@/server/consumption/consumption-slots";
import type { ReportResult } from "@/server/consumption/report-results";
import { userStorage, withoutForbiddenNames } from "@/server/consumption/user-names";
import { env } from "@/server/store/env";
import { perProcess } from "@/server/store/per-process";
import { sharedStatement } from "@/server/store/shared-statement";
import { store } from "@/server/store/store";
import { withPartitions } from "./session-partitions";
import { type SessionId, type SessionRow, storeSessions } from "./session-statement";

/** The result of an element with sessions: how many of them are stored, and which aren't. */
export type SessionsResult = { sessions: number; sessionErrors?: SessionError[] };

type ElementSession = Omit<SessionRow, "user" | "subject"> & Pick<UsageSession, "subject">;

const MAX_SESSIONS_AT_ONCE = 1000;
const MAX_WAITING = 50_000;
const MAX_WAIT_MS = 6000;

const share = () =>
  perProcess("sessions", () =>
    sharedStatement<ElementSession[], ReadonlySet<string>>({
      what: "sessions",
      run: storeAll,
      weight: (sessions) => sessions.length,
      lane: () => "",
      facts: () => "",
      maxElements: MAX_SESSIONS_AT_ONCE,
      maxWaiting: MAX_WAITING,
      maxWaitMs: MAX_WAIT_MS,
      atOnce: 1,
      gathers: store().kind === "embedded",
    }),
  );

/**
 * Stores the sessions of a report that is booked, and adds to each result how many were taken. `sent` are the
 * report's elements as they were sent. Totals never change by it. If it fails the report stays unanswered, and its
 * repetition stores them: minutes count once.
 */
export async function recordSessions<Result extends ReportResult | ReportError>(
  { caller, elements, now }: Report,
  sent: readonly { sessions?: unknown }[],
  results: readonly Result[],
): Promise<(Result | (Result & SessionsResult))[]> {
  const first = firstKeptMonth(now, env().SESSION_MONTHS);
  const read = results.map((result, index) => {
    const [element, sessions] = [elements[index], sent[index]?.sessions];
    if (sessions === undefined || "error" in result || !element || "error" in element) return null;
    const { key: allotment, month } = element;
    const { sessions: good, errors } = readSessions(sessions, { month, first, now });
    const whose = { license: caller.key.license, source: caller.source ?? "", allotment, month };
    return { rows: good.map((session) => ({ ...whose, ...session })), errors };
  });
  const rows = read.flatMap((element) => element?.rows ?? []);
  const full = rows.length > 0 ? await stored(rows) : new Set<string>();
  return results.map((result, index) => {
    const element = read[index];
    if (!element) return result;
    const late = element.rows.filter((row) => full.has(sessionKey(row)));
    const errors = [...element.errors, ...late.map(({ id }) => sessionError(id, "SESSIONS_FULL"))];
    const sessions = element.rows.length - late.length;
    return { ...result, sessions, ...(errors.length > 0 ? { sessionErrors: errors } : {}) };
  });
}

/** The minutes are booked at this point, so a full queue isn't the refusal of a request that changed nothing. */
async function stored(rows: ElementSession[]): Promise<ReadonlySet<string>> {
  try {
    return await share()(rows);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(
      "OUTCOME_UNKNOWN",
      "The minutes are counted, but the sessions aren't stored yet. Send the same report again, with the same sequences.",
      { retryAfter: error.retryAfter },
    );
  }
}

async function storeAll(requests: ElementSession[][]): Promise<ReadonlySet<string>[]> {
  const { sql } = store();
  const sessions = requests.flat();
  const userOf = await userStorage(sql, sessions);
  const rows = sessions.map((session) => ({ ...session, ...userOf(session.license, session.subject) }));
  const full = await withPartitions(new Set(rows.map(({ month }) => month)), () =>
    sql.transaction(async (tx) => storeSessions(tx, await withoutForbiddenNames(tx, rows))),
  );
  const keys = new Set(full.map(sessionKey));
  return requests.map(() => keys);
}

function sessionKey({ license, month, source, id }: SessionId): string {
  return JSON.stringify([license, month, source, id]);
}
