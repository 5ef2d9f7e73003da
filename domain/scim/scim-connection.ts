import { isSubject, subjectKey } from "@/domain/assignments/subject";
import { hiddenIn } from "@/domain/look-alikes";
import { parsePath } from "./attribute-path";
import { USER_ATTRIBUTES } from "./attributes";
import type { ScimElement, ScimResource, ScimValue } from "./resource";
import { meetsElementFilter } from "./resource-filter";

/** Whoever joins `group` gets a seat of the allotment. A group is named by its name, or by its id in the directory. */
export type GroupMapping = { group: string; license: string; allotment: string };

/** What admins set for a connection. In report mode nothing is changed but the report of what would be. */
export type ScimSettings = {
  /** The path of the attribute that is the subject of a user's seats. */
  subject: string;
  groups: GroupMapping[];
  report: boolean;
};

export const USUAL_SUBJECT = "userName";
export const MOST_MAPPINGS = 200;

/** Whether a path leads to one text of a user. */
export function isSubjectPath(path: string): boolean {
  try {
    const place = parsePath(path, USER_ATTRIBUTES);
    const end = place?.sub ?? place?.attribute;
    return end?.type === "string" && !place?.attribute.isReadOnly;
  } catch {
    return false;
  }
}

/** Entra ID frees the name of a deleted user: it puts the object id, without hyphens, before it, and sends that name. */
const DELETED_IN_ENTRA = /^[0-9a-f]{32}(?=[^@]+@)/i;

/** The subject of a user: the first value at the path. Null if there is none that can hold a seat. */
export function subjectOf(user: ScimResource, path: string): string | null {
  const place = parsePath(path, USER_ATTRIBUTES);
  if (!place) return null;
  const { attribute, filter, sub } = place;
  const elements = elementsOf(user[attribute.key]);
  const chosen = filter ? elements.filter((one) => meetsElementFilter(filter, one, attribute)) : elements;
  const value = chosen.map((one) => one[sub?.name ?? "value"]).find((one) => one !== undefined);
  if (typeof value !== "string") return null;
  const subject = user.active === false ? value.replace(DELETED_IN_ENTRA, "") : value;
  return isSubject(subject) && !hiddenIn(subject) ? subject : null;
}

/** The mappings of a group. */
export function mappingsOf(
  { name, externalId }: { name: string; externalId: string | null },
  mappings: readonly GroupMapping[],
): GroupMapping[] {
  const key = subjectKey(name, "folded");
  return mappings.filter(({ group }) => group === externalId || subjectKey(group, "folded") === key);
}

function elementsOf(value: ScimValue | undefined): ScimElement[] {
  if (Array.isArray(value)) return value;
  if (typeof value === "object") return [value];
  return value === undefined ? [] : [{ value }];
}
