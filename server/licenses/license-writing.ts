import { uuidv7 } from "uuidv7";
import { definitionFacts } from "@/domain/events/definition-facts";
import type { Definition } from "@/domain/licenses/definition";
import { definitionVersion } from "@/domain/licenses/definition-version";
import type { Notes } from "@/domain/licenses/notes";
import type { License as LicenseRow, Prisma } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import { type AuditEvent, beginChains } from "@/server/audit/audit";
import { createDataKeys, type DataKeys } from "@/server/secrets/data-keys";
import type { Tx } from "@/server/store/store";
import type { LicenseSettings } from "./license";
import { allotmentRows, contentColumns, definitionRow } from "./license-definitions";
import { writeFirstNotes } from "./notes";

/** The columns that mark a temporary copy: its original, its owner, and its end. */
export type LicenseCopyMark = { copyOf: string; copiedBy: string; copyEnds: Date };

/** A license to write: its number is reserved, its customer exists, and its definition was validated. */
type LicenseDraft = {
  number: string;
  customerId: string;
  definition: Definition;
  products: string[];
  settings?: Partial<LicenseSettings>;
  copy?: LicenseCopyMark;
  /** Audit events after the one of its creation. */
  events?: AuditEvent[];
  notes?: Notes;
};

/** The row and the data keys of a license that was written. */
export type WrittenLicense = { row: LicenseRow; keys: DataKeys };

/** Writes new licenses with everything that belongs to them, in as many statements as for one. */
export async function writeLicenses(
  tx: Tx,
  drafts: readonly LicenseDraft[],
  actor: Actor,
  now: Date,
): Promise<Map<string, WrittenLicense>> {
  const keys = await createDataKeys(
    tx,
    drafts.map(({ number }) => number),
  );
  const rows = await tx.license.createManyAndReturn({ data: drafts.map((draft) => columnsOf(draft, now)) });
  const rowOf = new Map(rows.map((row) => [row.number, row]));
  const written = drafts.map((draft) => {
    const { number } = draft;
    const [row, ofRow] = [rowOf.get(number), keys.get(number)];
    if (!row || !ofRow) throw new Error(`License ${number} was not written.`);
    return { draft, row, keys: ofRow };
  });
  await tx.definition.createMany({
    data: written.map(({ draft, row }) => definitionRow(row, draft.definition, now, actor)),
  });
  await tx.allotment.createMany({
    data: drafts.flatMap(({ number, definition }) => allotmentRows(number, definition)),
  });
  await writeFirstNotes(tx, drafts, now);
  await beginChains(
    tx,
    new Map(written.map(({ draft, row }) => [row.number, eventsOf(draft, row)])),
    actor,
    now,
  );
  return new Map(written.map(({ row, keys: ofRow }) => [row.number, { row, keys: ofRow }]));
}

function columnsOf(draft: LicenseDraft, now: Date): Prisma.LicenseCreateManyInput {
  const { number, customerId, definition, products, settings, copy } = draft;
  return {
    ...settings,
    ...copy,
    ...{ number, customerId, products },
    ...contentColumns(definition),
    version: definitionVersion(definition),
    definitionId: uuidv7(),
    createdAt: now,
    updatedAt: now,
  };
}

function eventsOf({ definition, events = [] }: LicenseDraft, row: LicenseRow): AuditEvent[] {
  const { number, customerId: customer, version, products, graceDays, createdAt: now } = row;
  const details = { customer, version, products };
  const facts = definitionFacts(definition, { graceDays, from: now, now });
  return [{ action: "license.created", object: number, details, facts }, ...events];
}
