import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { isActorKind } from "@/server/access/actor";
import { store } from "@/server/store/store";
import { actorNames } from "./actor-names";
import type { ListedEvent } from "./log";

/** The names of actor and object as people know them; `key` is the license key that a product used. */
export type EventNames = { who: string; on: string; key: string | null };
type Namer = (event: ListedEvent) => EventNames;

/** Looks up the names for a page of events, with one query for each kind of thing. */
export async function eventNames(events: readonly ListedEvent[]): Promise<Namer> {
  const [actorOf, keys, deployments, customers] = await Promise.all([
    actorNames(events.flatMap(namedPeople)),
    keyLabels(events),
    deploymentNames(events),
    customerNames(events),
  ]);
  const key = (jti: string) => `key ${keys.get(jti) || jti.slice(0, 8)}`;
  const deployment = (chain: string, source: string) => deployments.get(`${chain} ${source}`) ?? source;
  const whoOf = ({ actorKind, actor, ...event }: ListedEvent) => {
    const source = sourceOf(event);
    if (actorKind === "product") return source ? deployment(event.chain, source) : key(actor);
    return isActorKind(actorKind) ? actorOf({ kind: actorKind, id: actor }) : actor;
  };
  const onOf = ({ action, object, chain, details }: ListedEvent) => {
    const noun = action.split(".")[0];
    if (noun === "license" || noun === "definition") return formatLicenseNumber(object);
    if (noun === "key") return key(object);
    if (noun === "deployment") return deployment(chain, object);
    if (noun === "dual-use") return dualUseName({ chain, object, details }, deployment);
    if (noun === "assignment") return textOf(details, "allotment") ?? object;
    if (noun === "customer") return customers.get(object) ?? object;
    if (noun === "user") return actorOf({ kind: "user", id: object });
    if (noun === "webhook" || noun === "scim") return textOf(details, "name") ?? object;
    if (noun === "token") return textOf(details, "name") ?? actorOf({ kind: "token", id: object });
    return noun === "installation" ? "this installation" : object;
  };
  const keyOf = ({ actorKind, actor }: ListedEvent) => (actorKind === "product" ? key(actor) : null);
  return (event) => ({ who: whoOf(event), on: onOf(event), key: keyOf(event) });
}

/** The actors, and the people and tokens that are objects. */
function namedPeople({ actorKind, actor, action, object }: ListedEvent) {
  const noun = action.split(".")[0];
  const acting = isActorKind(actorKind) && actorKind !== "product" ? [{ kind: actorKind, id: actor }] : [];
  return noun === "user" || noun === "token" ? [...acting, { kind: noun, id: object } as const] : acting;
}

async function keyLabels(events: readonly ListedEvent[]): Promise<Map<string, string>> {
  const jtis = events.flatMap(({ actorKind, actor, action, object }) => [
    ...(actorKind === "product" ? [actor] : []),
    ...(action.startsWith("key.") ? [object] : []),
  ]);
  const rows = await store().db.signedKey.findMany({
    where: { jti: { in: [...new Set(jtis)] } },
    select: { jti: true, label: true },
  });
  return new Map(rows.map(({ jti, label }) => [jti, label]));
}

async function deploymentNames(events: readonly ListedEvent[]): Promise<Map<string, string>> {
  const pairs = new Map(
    events.flatMap((event) => {
      const source = sourceOf(event);
      return source ? [[`${event.chain} ${source}`, { license: event.chain, source }] as const] : [];
    }),
  );
  if (pairs.size === 0) return new Map();
  const rows = await store().db.deployment.findMany({
    where: { OR: [...pairs.values()], name: { not: null } },
    select: { license: true, source: true, name: true },
  });
  return new Map(rows.flatMap(({ license, source, name }) => (name ? [[`${license} ${source}`, name]] : [])));
}

async function customerNames(events: readonly ListedEvent[]): Promise<Map<string, string>> {
  const ids = events.flatMap(({ action, object }) => (action.startsWith("customer.") ? [object] : []));
  const rows = await store().db.customer.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The deployment that an event is about, or that it came from. */
function sourceOf({
  action,
  object,
  details,
}: Pick<ListedEvent, "action" | "object" | "details">): string | null {
  return action.startsWith("deployment.") ? object : textOf(details, "source");
}

/** The deployment of a request, or the license of an offer. */
function dualUseName(
  { chain, object, details }: Pick<ListedEvent, "chain" | "object" | "details">,
  deployment: (chain: string, source: string) => string,
): string {
  return textOf(details, "source") === object ? deployment(chain, object) : formatLicenseNumber(chain);
}

/** A text in the details of an event. */
function textOf(details: unknown, name: string): string | null {
  if (typeof details !== "object" || details === null || !(name in details)) return null;
  const value: unknown = Reflect.get(details, name);
  return typeof value === "string" ? value : null;
}
