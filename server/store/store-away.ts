/**
 * Connection lost, read-only, out of disk, memory or connections, in recovery, lock not available, cancelled, shut
 * down, chosen as a victim.
 */
const AWAY_STATE = /^(08|25006|53|55000|55P03|57014|57P0[1-3]|40)/;
const AWAY_CODE =
  /^(ECONN|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)|^P(1001|1002|1008|1017|2024|2028|2034|2037)$/;
const AWAY_PHRASES =
  /^Connection terminated|timeout exceeded when trying to connect|Can't reach database|is not queryable$/m;
/** Errors about the connection, or that say themselves that the outcome is unknown: no response to a statement. */
const UNANSWERED_STATE = /^(08|40003)/;
const DISK_FULL = "53100";
/** Our own errors by name, since instrumentation is a bundle of its own with classes of its own. */
const AWAY_NAMES = ["NoConnection", "OutcomeUnknown", "OutOfTime", "StoreWentBack"];

/** There was no connection available, so nothing was sent. */
export class NoConnection extends Error {
  readonly code = "ECONNECTION";
  constructor(cause: unknown) {
    super("There is no connection to the database.", { cause });
    this.name = "NoConnection";
  }
}

/** A database that can't serve now, unlike one that refuses: worth a retry, and not an error of the server. */
export function isStoreAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const state = sqlState(error);
  if (state) return AWAY_STATE.test(state) || hasPanicked(error);
  const code = "code" in error ? String(error.code) : "";
  if (AWAY_NAMES.includes(error.name) || AWAY_CODE.test(code) || AWAY_PHRASES.test(error.message))
    return true;
  return isStoreAway(error.cause);
}

/**
 * Whether a statement that was sent got no response: the database didn't report a failure, or crashed during it. A
 * commit that it had begun to write may be there when it starts again.
 */
export function isUnanswered(error: unknown): boolean {
  if (!(error instanceof Error) || !isStoreAway(error)) return false;
  if (error.name !== "OutcomeUnknown" && AWAY_NAMES.includes(error.name)) return false;
  const state = sqlState(error);
  return state === undefined || UNANSWERED_STATE.test(state) || hasPanicked(error);
}

export function isDiskFull(error: unknown): boolean {
  return sqlState(error) === DISK_FULL;
}

/** The SQLSTATE of the database, as the driver or our client's adapters pass it on. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return (
    stateIn(error, "code") ??
    stateIn(error.cause, "originalCode") ??
    stateIn(adapterError(error), "originalCode")
  );
}

/** PostgreSQL ends all its sessions and restarts, for example if the disk of its write-ahead log is full. */
function hasPanicked(error: Error): boolean {
  return [error, error.cause, adapterError(error)].some(
    (place) => typeof place === "object" && place !== null && Reflect.get(place, "severity") === "PANIC",
  );
}

function stateIn(value: unknown, member: string): string | undefined {
  const code = typeof value === "object" && value !== null ? Reflect.get(value, member) : undefined;
  return typeof code === "string" && /^[0-9][0-9A-Z]{4}$/.test(code) ? code : undefined;
}

function adapterError(error: Error): unknown {
  const meta = "meta" in error ? error.meta : undefined;
  const inner =
    typeof meta === "object" && meta !== null ? Reflect.get(meta, "driverAdapterError") : undefined;
  return inner instanceof Error ? inner.cause : undefined;
}
