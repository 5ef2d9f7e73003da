import type { Query } from "@tanstack/react-query";
import { UnreadableResponse } from "./ask";

/** Why data on the page is old: the server is unreachable, its store is unavailable, or a read failed. */
export type LiveFailure = {
  why: "server" | "store" | "read";
  /** The time of the oldest data; null if there is none yet. */
  since: number | null;
  failedAt: number;
};

const GATEWAY = [502, 504];

/**
 * Options for a query that refreshes while visible, at this interval; after a failure the console's watch retries it.
 */
export function live(everyMs: number) {
  return {
    meta: { isLive: true },
    staleTime: everyMs,
    refetchInterval: ({ state }: { state: { status: string } }) =>
      state.status === "error" ? false : everyMs,
    retry: false,
  } as const;
}

/** Whether the query is visible and its last read failed. */
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

/** The failure to show for failed queries; null if there are none. */
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

/** Whether the server can't be used at the moment. Failed reads alone block nothing. */
export function isAway(trouble: LiveFailure | null): trouble is LiveFailure {
  return trouble !== null && trouble.why !== "read";
}

function reasonOf(error: Error | null): LiveFailure["why"] {
  if (!(error instanceof UnreadableResponse)) return "server";
  if (GATEWAY.includes(error.status)) return "server";
  return error.status === 503 ? "store" : "read";
}
