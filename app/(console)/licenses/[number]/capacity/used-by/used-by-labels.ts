import { count, counted, percent } from "@/components/text/numbers";
import type { BreakEven } from "@/domain/consumption/seat-price";
import { type TopKind, wholeOf } from "@/domain/consumption/session";
import type { SessionSums, Top } from "@/server/consumption/sessions/session-tops";

/** The title of each list, what one row is, and what stands for use that names none. */
export const LISTS: Record<TopKind, { title: string; one: string; none: string }> = {
  user: { title: "Users", one: "User", none: "Anonymous" },
  app: { title: "Apps", one: "App", none: "No app reported" },
  deployment: { title: "Deployments", one: "Deployment", none: "" },
};

const SHOWN_DIGITS = 8;

/** What a row is called; a user whose name isn't kept is told apart by the first digits of the hash. */
export function topLabel(kind: TopKind, { key, name }: Pick<Top, "key" | "name">): string {
  if (name) return name;
  if (key === "") return LISTS[kind].none;
  return kind === "user" ? userLabel(key) : key;
}

/** A user without a name. */
export function userLabel(hash: string): string {
  return `User ${hash.slice(0, SHOWN_DIGITS)}`;
}

export function shareText({ minutes }: Pick<Top, "minutes">, sums: SessionSums): string {
  return percent(minutes, wholeOf(sums));
}

/** How much of a month sessions tell. */
export function coverageText({ total, inSessions }: SessionSums): string {
  if (inSessions >= total) return `Deployments reported sessions for all ${counted(total, "minute")}.`;
  return `Deployments reported sessions for ${count(inSessions)} of ${counted(total, "minute")}, ${percent(inSessions, total)}. The rest came without details.`;
}

export function breakEvenText({ seat, minutes }: BreakEven, above: number): string {
  const users =
    above === 0 ? "No user here used that much." : `${counted(above, "user")} here used that much.`;
  return `A seat of ${seat} costs less from ${counted(minutes, "minute")} a month. ${users}`;
}
