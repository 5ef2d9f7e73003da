import type { Patch } from "./assignment";

/** What of a patch goes back to its sender: every member has its type, whatever was sent. */
export type PatchEcho = Omit<Patch, "auto"> & { auto?: boolean };

/**
 * A value of unknown type as text: texts as they are, numbers and booleans as they are written. Undefined for anything
 * else, which can be of any size and depth.
 */
function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

/** A patch as it was sent, so that its sender knows it again; what has no text is empty, or left out where it may be. */
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

/** The id of an element as it goes back: text or number as sent, otherwise as text; undefined, which JSON leaves out, where it has none. */
export function idEcho(id: unknown): string | number | undefined {
  return typeof id === "number" && Number.isFinite(id) ? id : textOf(id);
}
