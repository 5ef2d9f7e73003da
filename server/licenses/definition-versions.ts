import type { Definition } from "@/domain/licenses/definition";
import { isActorKind } from "@/server/access/actor";
import { actorNames } from "@/server/audit/actor-names";
import { store } from "@/server/store/store";

/** A definition that a license had or has, and who saved it; null for those of older releases. */
export type DefinitionVersion = {
  id: string;
  version: string;
  from: Date;
  by: string | null;
  isCorrection: boolean;
};

/** The latest definitions of a license, the one in force first. */
export async function definitionVersions(license: string, limit: number): Promise<DefinitionVersion[]> {
  const rows = await store().db.definition.findMany({
    where: { licenseNumber: license },
    orderBy: [{ effectiveFrom: "desc" }, { id: "desc" }],
    take: limit,
    select: {
      id: true,
      version: true,
      effectiveFrom: true,
      corrects: true,
      savedByKind: true,
      savedBy: true,
    },
  });
  const makerOf = ({ savedByKind: kind, savedBy: id }: (typeof rows)[number]) =>
    isActorKind(kind) && id !== null ? { kind, id } : null;
  const nameOf = await actorNames(rows.flatMap((row) => makerOf(row) ?? []));
  return rows.map((row) => {
    const maker = makerOf(row);
    const { id, version, effectiveFrom: from, corrects } = row;
    return { id, version, from, by: maker && nameOf(maker), isCorrection: corrects !== null };
  });
}

/** The content of a version, the latest; null if the license never had it. */
export async function definitionOfVersion(license: string, version: string): Promise<Definition | null> {
  const row = await store().db.definition.findFirst({
    where: { licenseNumber: license, version },
    orderBy: { effectiveFrom: "desc" },
  });
  // The definition was validated when it was written.
  return row ? (row.content as unknown as Definition) : null;
}
