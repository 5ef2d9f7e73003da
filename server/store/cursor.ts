import { timingSafeEqual } from "node:crypto";
import { Refusal } from "@/domain/refusals/refusal";
import { derived, mac } from "./secret";
import { store } from "./store";

/** Where a list continues: after the row with this sort key, and among equal ones after this id. */
export type Position = { key: string | null; id: string };

/** A page of a list; `cursor` requests the next page and is null after the last one. */
export type Page<Item> = { items: Item[]; cursor: string | null };

export type Slice = { limit: number; cursor?: string };

const SEAL_BYTES = 12;

/** `filter` is the request of the list, without limit and cursor: a cursor belongs to it alone. */
export function encodeCursor({ key, id }: Position, filter: unknown): string {
  return sealed(JSON.stringify([key, id]), filter);
}

/** Reads a cursor that was given for the same filter; throws `INVALID_CURSOR` for every other text. */
export function decodeCursor(cursor: string | undefined, filter: unknown): Position | null {
  if (cursor === undefined) return null;
  const text = Buffer.from(cursor.split(".")[0] ?? "", "base64url").toString();
  const given = Buffer.from(cursor);
  const ours = Buffer.from(sealed(text, filter));
  if (given.length !== ours.length || !timingSafeEqual(given, ours)) throw foreignCursor();
  // Only this installation can sign, so `encodeCursor` wrote the text.
  const [key, id] = JSON.parse(text) as [Position["key"], string];
  return { key, id };
}

/** Cuts rows, read with one more than the limit, to a page. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  filter: unknown,
  positionOf: (row: Row) => Position,
): Page<Row> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const cursor = last && rows.length > limit ? encodeCursor(positionOf(last), filter) : null;
  return { items, cursor };
}

type Bound = { gt?: string; lt?: string };

/** The order of a list: as conditions on the sort key, on the id that breaks ties, and on rows without a key. */
export type Keyset<Where> = {
  direction: "asc" | "desc";
  onKey(condition: string | Bound): Where;
  onId(condition: Bound): Where;
  onNone?: Where;
};

/** The rows after a position, as a Prisma condition; rows without a sort key come last in either direction. */
export function behind<Where>(position: Position | null, { direction, onKey, onId, onNone }: Keyset<Where>) {
  if (!position) return {};
  const { key, id } = position;
  const beyond = (value: string): Bound => (direction === "asc" ? { gt: value } : { lt: value });
  const rest = onNone ? [onNone] : [];
  if (key === null) return { AND: [...rest, onId(beyond(id))] };
  return { OR: [onKey(beyond(key)), { AND: [onKey(key), onId(beyond(id))] }, ...rest] };
}

type Direction = Keyset<unknown>["direction"];

/** A column that a list is sorted by: as a condition, as an order, and its value in a row; `none` finds rows without one. */
export type SortColumn<Row, Where, Order> = {
  on: Keyset<Where>["onKey"];
  by: (direction: Direction) => Order;
  of: (row: Row) => string | null;
  none?: Where;
};

/** The order of a list by a column, descending with a minus; equal rows by their id. */
export function sortedBy<By extends string, Row, Where, Order>(
  columns: Record<By, SortColumn<Row, Where, Order>>,
  sort: By | `-${By}`,
  id: { on: Keyset<Where>["onId"]; by: (direction: Direction) => Order },
) {
  const direction: Direction = sort.startsWith("-") ? "desc" : "asc";
  const { on, by, of, none } = columns[sort.replace(/^-/, "") as By]; // the sort without its direction
  const keyset: Keyset<Where> = { direction, onKey: on, onId: id.on, onNone: none };
  return { keyset, orderBy: [by(direction), id.by(direction)], keyOf: of };
}

/** A whole list in memory, as one page. */
export const WHOLE: Slice = { limit: Number.MAX_SAFE_INTEGER - 1 };

/** The order of rows in memory: by one of their keys, descending with a minus. */
type Sorting<Row, By extends string> = {
  sort: By | `-${By}`;
  keys: Record<By, (row: Row) => string | null>;
  idOf(row: Row): string;
};

/** A page of rows in memory, sorted as the store sorts: those without a key last in either direction, equal ones by id. */
export function sortedPage<Row, By extends string>(
  rows: readonly Row[],
  { limit, cursor }: Slice,
  filter: unknown,
  { sort, keys, idOf }: Sorting<Row, By>,
): Page<Row> {
  const asked = [filter, sort];
  const after = decodeCursor(cursor, asked);
  const keyOf = keys[sort.replace("-", "") as By]; // the sort without its direction
  const order = positionOrder(sort.startsWith("-") ? "desc" : "asc");
  const sorted = rows
    .map((row) => ({ row, at: { key: keyOf(row), id: idOf(row) } }))
    .toSorted((one, other) => order(one.at, other.at));
  const rest = after ? sorted.filter(({ at }) => order(at, after) > 0) : sorted;
  const page = pageOf(rest, limit, asked, ({ at }) => at);
  return { items: page.items.map(({ row }) => row), cursor: page.cursor };
}

function positionOrder(direction: "asc" | "desc"): (one: Position, other: Position) => number {
  const sign = direction === "desc" ? -1 : 1;
  return (one, other) => {
    if ((one.key === null) !== (other.key === null)) return one.key === null ? 1 : -1;
    return sign * (textOrder(one.key ?? "", other.key ?? "") || textOrder(one.id, other.id));
  };
}

function textOrder(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** Escapes the pattern characters of LIKE: Prisma passes texts on as they are. */
export function literal(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

function sealed(text: string, filter: unknown): string {
  const [secret] = store().secrets;
  if (!secret) throw new Error("There is no secret.");
  const seal = mac(derived(secret, "cursors"), JSON.stringify([text, filter])).subarray(0, SEAL_BYTES);
  return `${Buffer.from(text).toString("base64url")}.${seal.toString("base64url")}`;
}

/** The refusal of a cursor that was given for another request. */
export function foreignCursor(): Refusal {
  return new Refusal(
    "INVALID_CURSOR",
    "This cursor belongs to another list or filter. Start again without a cursor.",
  );
}
