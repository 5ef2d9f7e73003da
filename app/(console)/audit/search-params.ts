import {
  createLoader,
  createSerializer,
  parseAsString,
  parseAsStringLiteral,
  type SearchParams,
} from "nuqs/server";
import { dayParam } from "@/app/(console)/_list/day-param";
import { unknownIn, unreadableIn } from "@/app/(console)/_list/unknown-in";
import { AUDIT_ACTIONS, type AuditNoun } from "@/domain/audit-actions";
import { DAY } from "@/domain/month";
import { isUuid } from "@/domain/uuid";
import { ORIGIN } from "@/domain/view-search";
import type { AuditFilter } from "@/server/audit/log";

export const ACTOR_KINDS = ["user", "token", "product", "system"] as const;

const text = parseAsString.withDefault("");

/** The filters of the audit. `to` is the last day included; days are in UTC. */
const auditFilters = {
  actor: text,
  kind: parseAsStringLiteral(ACTOR_KINDS),
  action: text,
  object: text,
  from: dayParam,
  to: dayParam,
  /** A grouped event: the list then shows its single events. */
  within: parseAsString,
};

/** The position in the list, the view it started from, and the open event. */
const auditPosition = { cursor: parseAsString, open: parseAsString, [ORIGIN]: parseAsString };

const auditParams = { ...auditFilters, ...auditPosition };

export const loadAudit = createLoader(auditParams);
export const auditSearch = createSerializer(auditParams);
export type AuditParams = Awaited<ReturnType<typeof loadAudit>>;

/** The filters in the URL, and how many of them are unknown and were ignored. The fields of days say what is wrong. */
export function readAudit(address: SearchParams, nouns: readonly AuditNoun[]) {
  const said = loadAudit(address);
  const isKnown = (action: string) =>
    nouns.some((noun) => action === noun || (action in AUDIT_ACTIONS && action.startsWith(`${noun}.`)));
  const asked: AuditParams = {
    ...said,
    action: isKnown(said.action) ? said.action : "",
    within: said.within && isUuid(said.within) ? said.within : null,
  };
  const unknown = unknownIn(address, asked, ["kind", "action"]) + unreadableIn(address, asked, ["within"]);
  return { asked, unknown };
}

export function filterOf({ actor, kind, action, object, from, to, within }: AuditParams): AuditFilter {
  return {
    who: actor.trim() || undefined,
    actorKind: kind ?? undefined,
    action: action || undefined,
    on: object.trim() || undefined,
    from: from ?? undefined,
    to: to ? new Date(to.getTime() + DAY) : undefined,
    within: within && isUuid(within) ? within : undefined,
  };
}

/** How many filters are set. */
export function narrowing(asked: AuditParams): number {
  return Object.values(filterOf(asked)).filter((value) => value !== undefined).length;
}
