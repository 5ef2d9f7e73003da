import type { Definition } from "@/domain/licenses/definition";
import { definitionVersion } from "@/domain/licenses/definition-version";
import type { Tx } from "@/server/store/store";
import { type CheckedRule, inBatches, tally } from "./check-rules";

const BATCH = 500;

export async function definitionsRule(tx: Tx): Promise<CheckedRule> {
  const { checked, count } = tally(
    "definition-versions",
    "the version of each definition is the hash of its content",
  );
  type Row = { id: string; licenseNumber: string; version: string; content: unknown };
  const read = (last: Row | undefined): Promise<Row[]> =>
    tx.definition.findMany({
      select: { id: true, licenseNumber: true, version: true, content: true },
      where: last ? { id: { gt: last.id } } : {},
      orderBy: { id: "asc" },
      take: BATCH,
    });
  for await (const { id, licenseNumber, version, content } of inBatches(read)) {
    // The content is hashed as it was when it was written, whatever its form.
    count(definitionVersion(content as Definition) === version, `${licenseNumber} ${id}`);
  }
  return checked;
}
