import { LRUCache } from "lru-cache";
import type { Definition, Era } from "@/domain/definition";
import { perProcess } from "./per-process";
import { store } from "./store";

type History = { latest: string; eras: Era[] };

const histories = () => perProcess("definitions", () => new LRUCache<string, History>({ max: 20_000 }));

/**
 * All definitions that a license had, the one in force last. Definitions are only ever appended, so what was read
 * stays right as long as the latest is the same.
 */
export async function erasOf(license: string, latest: string): Promise<Era[]> {
  const known = histories().get(license);
  if (known?.latest === latest) return known.eras;
  const rows = await store().db.definition.findMany({
    where: { licenseNumber: license },
    orderBy: [{ effectiveFrom: "asc" }, { id: "asc" }],
  });
  const upTo = rows.findIndex(({ id }) => id === latest);
  const eras = rows.slice(0, upTo + 1).map(eraOf);
  histories().set(license, { latest, eras });
  return eras;
}

export async function currentDefinition(license: string, latest: string): Promise<Definition> {
  const era = (await erasOf(license, latest)).at(-1);
  if (!era) throw new Error(`License ${license} has no definition ${latest}.`);
  return era.definition;
}

/** The content was checked when it was written. */
function eraOf({ effectiveFrom, content }: { effectiveFrom: Date; content: unknown }): Era {
  return { from: effectiveFrom, definition: content as Definition };
}
