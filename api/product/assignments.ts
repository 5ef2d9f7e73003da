import { invalidBody, sendJson } from "@/api/http";
import type { Patch } from "@/domain/assignments/assignment";
import { type Base, decodeCursor } from "@/domain/assignments/sync";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { syncAssignments } from "@/server/assignments/log/assignments";
import { type Fields, invalidValue, itemsOf, readFields, sourceOf } from "./body";
import { callerOf, provenKey } from "./caller";
import type { ProductApp } from "./types";

const MAX_PATCHES = 5000;
const MAX_BASES = 1000;

export function assignments(app: ProductApp, clock: () => Date): void {
  app.post("/v1/assignments/sync", async (c) => {
    const key = await provenKey(c, clock());
    const body = await readFields(c);
    const now = clock();
    const source = sourceOf(body);
    const caller = { ...callerOf(c, key, { source, userAgent: body.userAgent }, now), source };
    const base = baseOf(itemsOf(body, "bases", MAX_BASES, true), key.license);
    const patches = itemsOf(body, "patches", MAX_PATCHES, true).map(asPatch);
    const after = decodeCursor(body.after);
    return sendJson(c, await syncAssignments({ caller, base, after, patches, now }));
  });
}

/** The base for the key's license; two of them contradict each other. An unreadable base counts as none. */
function baseOf(bases: Fields[], license: string): Base {
  const mine = bases.filter(
    (base) => typeof base.license === "string" && parseLicenseNumber(base.license) === license,
  );
  if (mine.length > 1) throw invalidBody([invalidValue("/bases", "bases can name each license only once.")]);
  const [base] = mine;
  const { version, epoch, mark } = base ?? {};
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 0) return null;
  const marked = typeof mark === "string" ? { version, mark } : { version };
  if (epoch === undefined || epoch === null) return marked;
  return typeof epoch === "string" ? { ...marked, epoch } : null;
}

/** The domain checks every value of a patch itself, so that a wrong one is that patch's rejection alone. */
function asPatch(fields: Fields): Patch {
  return fields as Patch;
}
