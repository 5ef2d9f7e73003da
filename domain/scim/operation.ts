import { isNothing } from "./resource";
import { scimRefusal } from "./scim-refusal";

export type Operator = "add" | "replace" | "remove";

/** One change of a resource (RFC 7644, 3.5.2). */
export type ScimOperation = { op: Operator; path: string; value: unknown };

export const PATCH_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

const OPERATORS: readonly Operator[] = ["add", "replace", "remove"];
const MOST_OPERATIONS = 1000;

/** The operations of the body of a PATCH, unread. Throws `invalidSyntax` for a body of another shape. */
export function operationsIn(body: unknown): unknown[] {
  const sent = memberOf(body, "operations");
  if (Array.isArray(sent) && sent.length > 0 && sent.length <= MOST_OPERATIONS) return sent;
  throw scimRefusal("invalidSyntax", `Operations must be a list of 1 to ${MOST_OPERATIONS} operations.`);
}

/**
 * Reads an operation; names of members and operators have no case. Without a path each member of its value is an
 * operation, so that one that can't be applied doesn't take the others with it.
 */
export function readOperations(sent: unknown): ScimOperation[] {
  const [name, path, value] = ["op", "path", "value"].map((member) => memberOf(sent, member));
  const op = OPERATORS.find((one) => typeof name === "string" && one === name.trim().toLowerCase());
  if (!op) throw scimRefusal("invalidSyntax", "An operation needs an op: add, replace or remove.");
  if (isNothing(path)) return membersAsOperations(op, value);
  if (typeof path !== "string") throw scimRefusal("invalidPath", "The path must be a text.");
  return [{ op, path: path.trim(), value }];
}

/** The members of an object as operations on the attributes that they name. */
export function membersAsOperations(op: Operator, value: unknown): ScimOperation[] {
  if (op === "remove") throw scimRefusal("noTarget", "A remove needs a path.");
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw scimRefusal("invalidSyntax", "Without a path the value must be an object.");
  return Object.entries(value).map(([path, member]) => ({ op, path, value: member }));
}

/** A member of an object, whatever the case of its name. */
function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).find(([key]) => key.toLowerCase() === name)?.[1];
}
