import { loggedPath } from "@/domain/logged-path";
import type { RefusalCode } from "@/domain/refusals/refusal";
import { log } from "./log";
import { isStoreAway } from "./store-away";

/** The origin by which a failure is found in the log: the id of its request, the reference that a page showed, and the address. */
type FailureOrigin = { requestId?: string; reference?: string; method?: string; path?: string };

/** Logs unexpected errors with their stack; known ones in one line: a store that is away, or a refusal to a page. */
export function noteFailure(error: unknown, { path, ...origin }: FailureOrigin): void {
  const place = path === undefined ? origin : { ...origin, path: loggedPath(path) };
  if (!(error instanceof Error)) log().error({ ...place, err: error }, "request failed");
  else if (isStoreAway(error))
    log().warn({ ...place, reason: lastLineOf(error) }, "the store isn't responding");
  // By its name: instrumentation is a bundle of its own, with a class of its own.
  else if (error.name === "Refusal") log().info({ ...place, reason: error.message }, "request refused");
  else log().error({ ...place, err: error }, "request failed");
}

/** The framework prints the stack of each failed page; for a store that is away the one line of the log is enough. */
export function quietenStoreAway(): void {
  const print = console.error;
  console.error = (...parts: unknown[]) => {
    if (!parts.some(isStoreAway)) print(...parts);
  };
}

/** The last line of a message with many lines, which says what is wrong. */
function lastLineOf({ message }: Error): string {
  return message.trim().split("\n").at(-1) ?? "";
}

/** Logs a refusal to a person by its code alone: its sentence may name somebody. */
export function noteRefusal(code: RefusalCode, requestId?: string): void {
  log().info({ requestId, code }, "request refused");
}
