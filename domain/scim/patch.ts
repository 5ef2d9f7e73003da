import { Refusal } from "@/domain/refusals/refusal";
import type { ScimAttribute } from "./attributes";
import { type MemberChange, memberChangeOf } from "./member-change";
import { membersAsOperations, readOperations, type ScimOperation } from "./operation";
import { isNothing, type ScimResource } from "./resource";
import { changed } from "./resource-change";
import { type ScimType, scimRefusal, scimTypeOf } from "./scim-refusal";

/** An operation that can't be applied, by its position in the PATCH, which counts from 0. */
export type FailedOperation = { at: number; type: ScimType | undefined; detail: string };

export type Patched = {
  resource: ScimResource;
  /** What a group's operations do to its members, in order. */
  members: MemberChange[];
  failed: FailedOperation[];
};

/** Applies the operations of a PATCH in order, each to what the ones before it left. One that fails changes nothing. */
export function applyPatch(
  resource: ScimResource,
  operations: readonly unknown[],
  attributes: readonly ScimAttribute[],
): Patched {
  const patched: Patched = { resource, members: [], failed: [] };
  for (const [at, sent] of operations.entries()) {
    const read = attempt(patched, at, () => readOperations(sent)) ?? [];
    for (const operation of read) attempt(patched, at, () => applyOne(patched, operation, attributes));
  }
  return patched;
}

/** A resource as it is sent to be created or to replace another one. Throws `invalidValue`. */
export function readResource(body: unknown, attributes: readonly ScimAttribute[]): Omit<Patched, "failed"> {
  const patched: Patched = { resource: {}, members: [], failed: [] };
  for (const operation of membersAsOperations("replace", body)) applyOne(patched, operation, attributes);
  const missing = attributes.find(({ isRequired, key }) => isRequired && isNothing(patched.resource[key]));
  if (missing) throw scimRefusal("invalidValue", `${missing.name} is required.`);
  return patched;
}

function attempt<T>({ failed }: Patched, at: number, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    failed.push({ at, type: scimTypeOf(error), detail: error.detail });
    return undefined;
  }
}

function applyOne(patched: Patched, operation: ScimOperation, attributes: readonly ScimAttribute[]): void {
  const members = memberChangeOf(operation, attributes);
  if (members) patched.members.push(members);
  else patched.resource = changed(patched.resource, operation, attributes);
}
