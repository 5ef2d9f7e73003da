import { readJson } from "@/api/json-body";
import { type Fields, fieldsIn, itemsOf, readFields } from "@/api/product/body";
import {
  addNamedSeats,
  moveNamedSeats,
  type NamedSeatResult,
  releaseNamedSeats,
} from "@/server/assignments/changes/named-seats";
import { PUBLISHED_PATH } from "./address";
import { type Clock, onLicenseMeant, type PublishedApp, type PublishedContext } from "./caller";
import { itemStatus } from "./item-status";

const MOST = 5000;
const ACTIONS = `${PUBLISHED_PATH}/assignments/actions`;

/** The actions respond with 207 and a status for each item, whatever these are. */
export function assignmentActions(app: PublishedApp, clock: Clock): void {
  const scopeOf = (c: PublishedContext) => ({
    license: c.get("license"),
    actor: c.get("actor"),
    now: clock(),
  });
  app.post(`${ACTIONS}/add`, onLicenseMeant("assignments.write"), async (c) => {
    const body = await readJson(c);
    const isBare = Array.isArray(body); // one client sends the items alone, and reads the response as it sent them
    const items = itemsOf(isBare ? { add: body } : fieldsIn(body), "add", MOST);
    const data = dataOf(items, await addNamedSeats(scopeOf(c), items.map(namedIn)));
    return c.json(isBare ? data : { data }, 207);
  });
  app.post(`${ACTIONS}/delete`, onLicenseMeant("assignments.write"), async (c) => {
    const items = itemsOf(await readFields(c), "delete", MOST);
    return c.json({ data: dataOf(items, await releaseNamedSeats(scopeOf(c), items.map(namedIn))) }, 207);
  });
  app.post(`${ACTIONS}/update`, onLicenseMeant("assignments.write"), async (c) => {
    const items = itemsOf(await readFields(c), "update", MOST);
    return c.json({ data: dataOf(items, await moveNamedSeats(scopeOf(c), items.map(moveIn))) }, 207);
  });
}

function namedIn({ subject, type }: Fields) {
  return { subject, allotment: type };
}

/** A member that is null counts as left out. */
function moveIn({ subject, type, sourceSubject, sourceType }: Fields) {
  return {
    subject,
    type: type ?? undefined,
    sourceSubject: sourceSubject ?? undefined,
    sourceType: sourceType ?? undefined,
  };
}

const ECHOED = ["subject", "type", "sourceSubject", "sourceType"] as const;

function dataOf(items: readonly Fields[], results: readonly NamedSeatResult[]) {
  return items.map((item, at) => ({ ...echoOf(item), ...itemStatus(results[at] ?? "NOT_FOUND") }));
}

/** The names that an item was sent with, as far as they are texts. */
function echoOf(item: Fields): Partial<Record<(typeof ECHOED)[number], string>> {
  return Object.fromEntries(
    ECHOED.flatMap((name) => (typeof item[name] === "string" ? [[name, item[name]]] : [])),
  );
}
