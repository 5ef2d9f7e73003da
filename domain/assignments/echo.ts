import type { Patch } from "./assignment";

/** The members of a patch that are returned to its sender: each has its type, whatever was sent. */
export type PatchEcho = Omit<Patch, "auto"> & { auto?: boolean };

/**
 * A value of unknown type as text: texts as they are, numbers and booleans as JSON writes them. Undefined for
 * anything else, which could be of any size and depth.
 */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A patch as it was sent, so that its sender recognizes it. Members without a text are empty, or left out if optional. */
export function patchEcho(sent: { [Field in keyof Patch]?: unknown }): PatchEcho {
  const [deleted, lastUsed] = [textOf(sent.deleted), textOf(sent.lastUsed)];
  const { version, auto } = sent;
  return {
    instance: textOf(sent.instance) ?? "",
    version: Number.isSafeInteger(version) ? Number(version) : 0,
    license: textOf(sent.license) ?? "",
    allotment: textOf(sent.allotment) ?? "",
    subject: textOf(sent.subject) ?? "",
    created: textOf(sent.created) ?? "",
    ...(deleted === undefined ? {} : { deleted }),
    ...(typeof auto === "boolean" ? { auto } : {}),
    ...(lastUsed === undefined ? {} : { lastUsed }),
  };
}

/**
 * The id of an element as it is returned: a text or number as sent, a boolean as text, otherwise undefined, which
 * JSON leaves out.
 */
export function idEcho(id: unknown): string | number | undefined {
  return typeof id === "number" && Number.isFinite(id) ? id : textOf(id);
}
