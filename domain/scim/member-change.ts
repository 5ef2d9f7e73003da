import { parsePath } from "./attribute-path";
import type { ScimAttribute } from "./attributes";
import type { Filter } from "./filter-tree";
import type { Operator, ScimOperation } from "./operation";
import { isNothing } from "./resource";
import { scimRefusal } from "./scim-refusal";

/** What an operation does to the members of a group; a `remove` without ids removes them all. */
export type MemberChange = { op: Operator; ids: string[] | null };

const MOST_IDS = 100_000;

/**
 * What an operation does to the members of a group: directories name them in the value, or by a filter in the path. Null
 * for an operation on another attribute.
 */
export function memberChangeOf(
  { op, path, value }: ScimOperation,
  attributes: readonly ScimAttribute[],
): MemberChange | null {
  const place = attributes.some(({ key }) => key === "members") ? parsePath(path, attributes) : null;
  if (place?.attribute.key !== "members") return null;
  if (place.filter) return { op: op === "remove" ? op : "add", ids: idsOf(place.filter) };
  return { op, ids: op === "remove" && isNothing(value) ? null : idsIn(value) };
}

function idsIn(sent: unknown): string[] {
  if (isNothing(sent)) return [];
  const members = Array.isArray(sent) ? sent : [sent];
  if (members.length > MOST_IDS)
    throw scimRefusal("invalidValue", `A request can name at most ${MOST_IDS} members.`);
  return [...new Set(members.map(idIn))];
}

function idIn(member: unknown): string {
  const id = typeof member === "object" && member !== null && "value" in member ? member.value : member;
  if (typeof id === "string" && id !== "") return id;
  throw scimRefusal("invalidValue", "Each member needs the id of a user as its value.");
}

/** The ids that a filter such as `value eq "…" or value eq "…"` names. */
function idsOf(filter: Filter): string[] {
  if (filter.op === "or") return filter.filters.flatMap(idsOf);
  const isId = filter.op === "eq" && filter.attrPath.toLowerCase() === "value";
  if (isId && typeof filter.compValue === "string") return [filter.compValue];
  throw scimRefusal("invalidPath", 'Members can only be chosen by members[value eq "…"].');
}
