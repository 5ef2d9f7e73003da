import type { Query } from "@tanstack/react-query";
import { UnreadableResponse } from "./ask";

/** Why numbers on the page are old: the server cannot be reached, its store is away, or it failed at this read. */
export type LiveFailure = {
  why: "server" | "store" | "read";
  /** When the oldest of the numbers were read; null where there are none yet. */
  since: number | null;
  failedAt: number;
};

const GATEWAY = [502, 504];

/** For a query of numbers that somebody looks at: read again each so many milliseconds, by the console's watch when that failed. */
export function live(everyMs: number) {
  return {
    meta: { isLive: true },
    staleTime: everyMs,
    refetchInterval: ({ state }: { state: { status: string } }) =>
      state.status === "error" ? false : everyMs,
    retry: false,
  } as const;
}

/** Whether the numbers of this query are looked at, and the last try to read them failed. */
export function hasFailed(query: Query): boolean {
  const { status, errorUpdateCount } = query.state;
  const isFailed = status === "error" || (status === "pending" && errorUpdateCount > 0);
  return isLive(query) && query.isActive() && isFailed;
}

export function isLive({ meta }: Query): boolean {
  return meta?.isLive === true;
}

export function isSignedOut({ state: { error } }: Query): boolean {
  return error instanceof UnreadableResponse && error.status === 401;
}

/** What to tell of queries that failed; null of none. */
export function liveFailureOf(failed: Query[]): LiveFailure | null {
  const [first] = failed;
  if (!first) return null;
  const reasons = failed.map(({ state }) => reasonOf(state.error));
  const read = failed.map(({ state }) => state.dataUpdatedAt).filter((at) => at > 0);
  return {
    why: reasons.find((why) => why === "server") ?? reasons.find((why) => why === "store") ?? "read",
    since: read.length > 0 ? Math.min(...read) : null,
    failedAt: Math.max(...failed.map(({ state }) => state.errorUpdatedAt)),
  };
}

/** Whether nothing can be done at the moment. Reads alone that fail hold nothing up. */
export function isAway(trouble: LiveFailure | null): trouble is LiveFailure {
  return trouble !== null && trouble.why !== "read";
}

function reasonOf(error: Error | null): LiveFailure["why"] {
  if (!(error instanceof UnreadableResponse)) return "server";
  if (GATEWAY.includes(error.status)) return "server";
  return error.status === 503 ? "store" : "read";
}
