import type { IncomingHttpHeaders } from "node:http";
import type { Problem } from "@/contract/problem";
import { badByteText, readUtf8 } from "@/domain/utf8";

/** The parts of a body by name: texts or files. */
type Parts = Map<string, FormDataEntryValue>;

const MULTIPART = /^multipart\/form-data\b/i;
const MAX_ARGUMENTS = 100;
/** How React writes a reference to another part, in hex, or to something inside of it. */
const REFERENCE = /^\$[@BFQW]?([0-9a-f]+)(?::|$)/;
/** The name of an action's arguments, with its id, in a form that is sent without scripts. */
const FORM_ARGUMENTS = /^\$ACTION_\d+:\d+$/;
const FORM_ID = /^\$ACTION_ID_(.*)$/s;

/** Whether a request calls a server action, by a script or by a plain form. */
export function isAction(method: string | undefined, headers: IncomingHttpHeaders): boolean {
  return method === "POST" && (headers["next-action"] !== undefined || isMultipart(headers));
}

/**
 * Why an action can't be called with this body; null if it can. Next would treat errors around the arguments as
 * errors of the server. `known` are the ids of this build's actions, or null for any.
 */
export async function actionProblem(
  headers: IncomingHttpHeaders,
  body: Uint8Array<ArrayBuffer>,
  known: ReadonlySet<string> | null,
): Promise<Problem | null> {
  const id = headers["next-action"];
  if (id !== undefined && known && !known.has(String(id))) return otherBuild;
  const parts = isMultipart(headers) ? await formParts(headers, body) : textPart(headers, body);
  if (!(parts instanceof Map)) return parts;
  if (id === undefined) return formProblem(parts, known);
  const isWhole = isList(parts.get("0")) && areReferencesMet(parts);
  return isWhole ? null : malformed("The arguments of the action can't be read.");
}

function isMultipart(headers: IncomingHttpHeaders): boolean {
  return MULTIPART.test(headers["content-type"] ?? "");
}

async function formParts(
  headers: IncomingHttpHeaders,
  body: Uint8Array<ArrayBuffer>,
): Promise<Parts | Problem> {
  const init = { headers: { "Content-Type": headers["content-type"] ?? "" } };
  const form = await new Response(body, init).formData().catch(() => null);
  return form ? new Map(form) : malformed("The parts of the form can't be read.");
}

function textPart(headers: IncomingHttpHeaders, body: Uint8Array): Parts | Problem {
  if (!/^text\/plain\b/i.test(headers["content-type"] ?? ""))
    return malformed("An action takes its arguments as text/plain or multipart/form-data.");
  const text = readUtf8(body);
  return typeof text === "string" ? new Map([["0", text]]) : malformed(badByteText(text));
}

function formProblem(parts: Parts, known: ReadonlySet<string> | null): Problem | null {
  for (const [name, part] of parts) {
    const [, id] = FORM_ID.exec(name) ?? [];
    if (id !== undefined && known && !known.has(id)) return otherBuild;
    if (!FORM_ARGUMENTS.test(name)) continue;
    const value = readJson(part);
    if (value === undefined) return malformed("The arguments of the action can't be read.");
    const named = typeof value === "object" && value !== null && "id" in value ? value.id : undefined;
    if (typeof named === "string" && known && !known.has(named)) return otherBuild;
  }
  return null;
}

function isList(part: FormDataEntryValue | undefined): boolean {
  const value = readJson(part);
  return Array.isArray(value) && value.length <= MAX_ARGUMENTS;
}

/** Whether every part is JSON or a file, and refers only to parts that exist. */
function areReferencesMet(parts: Parts): boolean {
  return [...parts].every(([name, part]) => {
    if (!/^\d+$/.test(name) || typeof part !== "string") return true;
    const value = readJson(part);
    return value !== undefined && refersTo(value).every((other) => parts.has(other));
  });
}

function refersTo(value: unknown): string[] {
  if (typeof value === "string") {
    const [, hex] = REFERENCE.exec(value) ?? [];
    return hex === undefined ? [] : [String(Number.parseInt(hex, 16))];
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(refersTo) : [];
}

function readJson(part: FormDataEntryValue | undefined): unknown {
  try {
    return typeof part === "string" ? JSON.parse(part) : undefined;
  } catch {
    return undefined;
  }
}

function malformed(reason: string): Problem {
  return { code: "INVALID_BODY", detail: `${reason} Nothing was changed.` };
}

const otherBuild = {
  code: "CHANGED_MEANWHILE",
  detail: "This page is from another version of the console. Reload it; nothing was changed.",
  isOtherBuild: true,
} as const satisfies Problem;
