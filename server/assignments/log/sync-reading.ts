import { PAGE } from "@/domain/assignments/sync";
import type { Caller } from "@/server/deployments/admission";
import { callColumns } from "@/server/deployments/call-statement";
import { perProcess } from "@/server/store/per-process";
import { sharedStatement } from "@/server/store/shared-statement";
import { retried, type Sql } from "@/server/store/sql";
import { store } from "@/server/store/store";
import { READ_DELTA, type READ_SNAPSHOT, type SyncRow } from "./sync-statements";

/**
 * The request of one sync to the log: the rows with from < version ≤ to. `sent` is the version of its base, `taken`
 * describes its patches, if any.
 */
export type PageCall = {
  caller: Caller & { source: string };
  sent: number;
  from: number;
  to: number;
  now: Date;
  taken: { reportUse: boolean } | null;
};

/** Rows that a sync can have from a shared statement. A sync with more to read gets a statement of its own. */
const MOST_SHARED = 100;
const MAX_AT_ONCE = 200;
const MAX_WAITING = 20_000;
const MAX_WAIT_MS = 6000;

const share = () =>
  perProcess("sync-pages", () =>
    sharedStatement<PageCall, SyncRow | undefined>({
      what: "syncs",
      run: (calls) => retried(() => readPages(store().sql, READ_DELTA, calls, MOST_SHARED + 1)),
      weight: () => 1,
      lane: ({ caller }) => `${caller.key.license} ${caller.source}`,
      facts: ({ caller: { key, product, version, os, address }, sent, taken }) =>
        JSON.stringify([key.jti, product, version, os, address, sent, taken]),
      maxElements: MAX_AT_ONCE,
      maxWaiting: MAX_WAITING,
      maxWaitMs: MAX_WAIT_MS,
      atOnce: store().kind === "embedded" ? 1 : 2,
      gathers: store().kind === "embedded",
    }),
  );

/** Reads the changes since a base. Simultaneous syncs of any licenses share one statement. */
export async function readNews(call: PageCall): Promise<SyncRow | undefined> {
  const row = await share()(call);
  if (!row?.rows || row.rows.length <= MOST_SHARED) return row;
  const whole = await readPage(READ_DELTA, call);
  return whole && { ...whole, evidence: row.evidence, moved: row.moved };
}

export async function readPage(
  statement: typeof READ_DELTA | typeof READ_SNAPSHOT,
  call: PageCall,
): Promise<SyncRow | undefined> {
  const [row] = await readPages(store().sql, statement, [call], PAGE + 1);
  return row;
}

/** Returns the result of each call in order; `limit` is the most rows that each gets. */
export async function readPages(
  sql: Pick<Sql, "query">,
  statement: typeof READ_DELTA | typeof READ_SNAPSHOT,
  calls: PageCall[],
  limit: number,
): Promise<(SyncRow | undefined)[]> {
  const rows = await sql.query<SyncRow>(statement, [...columns(calls), limit]);
  const results: (SyncRow | undefined)[] = [];
  for (const row of rows) results[row.slot - 1] = row;
  return results;
}

function columns(calls: PageCall[]): unknown[] {
  const of = <T>(value: (call: PageCall) => T) => calls.map(value);
  return [
    ...callColumns(calls, calls[0]?.now),
    of(({ sent }) => sent),
    of(({ from }) => from),
    of(({ to }) => to),
    of(({ taken }) => taken?.reportUse || null),
    of(({ taken }) => taken !== null),
  ];
}
