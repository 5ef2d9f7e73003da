import { changedNotes, NO_NOTES, type Notes, notesSearch } from "@/domain/licenses/notes";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { rightOf } from "@/domain/roles";
import type { Notes as NotesRow } from "@/prisma/client/client";
import type { Actor } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { recordEvents } from "@/server/audit/audit";
import { INSTALLATION } from "@/server/secrets/data-keys";
import { literal } from "@/server/store/cursor";
import { type Expected, isExpected, tagOf } from "@/server/store/entity-tag";
import { lockInstallation, lockLicense } from "@/server/store/locks";
import { store, type Tx } from "@/server/store/store";

/** Whose notes they are: those of a license by its number, or of a customer by its id. */
export type NotesHolder = { license: string } | { customer: string };

/** The notes of a license or a customer, which are empty until somebody writes some. */
export async function notesOf(holder: NotesHolder): Promise<Notes> {
  const row = await store().db.notes.findUnique({ where: { holder: idOf(holder) } });
  return row ? notesIn(row) : NO_NOTES;
}

/** The tag of all that is noted. */
export function notesTag({ contractNumber, contact, text, metadata }: Notes): string {
  return tagOf([contractNumber, contact, text, Object.entries(metadata).toSorted(byName)]);
}

/** Replaces the notes; `expected` is the tag that the caller saw. Throws `VERSION_MISMATCH` if they have changed. */
export async function saveNotes(
  holder: NotesHolder,
  notes: Notes,
  expected: Expected,
  actor: Actor,
  now: Date,
): Promise<Notes> {
  return store().db.$transaction(async (tx) => {
    await lock(tx, holder);
    const row = await tx.notes.findUnique({ where: { holder: idOf(holder) } });
    const before = row ? notesIn(row) : NO_NOTES;
    if (!isExpected(expected, notesTag(before))) throw otherNotes(before);
    const changed = changedNotes(before, notes);
    if (changed.length === 0) return before;
    await recordEvents(tx, "license" in holder ? holder.license : INSTALLATION, actor, now, [
      {
        action: "license" in holder ? "license.notes-changed" : "customer.notes-changed",
        object: idOf(holder),
        details: { changed },
      },
    ]);
    const content = contentOf(notes, now);
    await tx.notes.upsert({
      where: { holder: idOf(holder) },
      create: { ...keyOf(holder), ...content },
      update: content,
    });
    return notes;
  });
}

/** Writes the notes of licenses that were created in this transaction, where they come with some. */
export async function writeFirstNotes(
  tx: Tx,
  licenses: readonly { number: string; notes?: Notes }[],
  now: Date,
): Promise<void> {
  const data = licenses.flatMap(({ number, notes }) =>
    notes && changedNotes(NO_NOTES, notes).length > 0
      ? { ...keyOf({ license: number }), ...contentOf(notes, now) }
      : [],
  );
  if (data.length > 0) await tx.notes.createMany({ data });
}

/** The licenses and customers with a text in their notes; none for those who may not read notes. */
export async function notedWith(
  { role }: Principal,
  query: string,
): Promise<{ licenses: string[]; customers: string[] }> {
  const contained = notesLike(role, query);
  if (!contained) return { licenses: [], customers: [] };
  const rows = await store().db.notes.findMany({
    where: contained,
    select: { licenseNumber: true, customerId: true },
  });
  return {
    licenses: rows.flatMap(({ licenseNumber }) => licenseNumber ?? []),
    customers: rows.flatMap(({ customerId }) => customerId ?? []),
  };
}

/** The condition that notes contain a text; null for those who may not read notes. */
export function notesLike(role: Principal["role"], query: string) {
  const text = notesSearch({ ...NO_NOTES, text: query.trim() });
  if (text === "" || rightOf(role, "notes.read") !== "yes") return null;
  return { search: { contains: literal(text) } };
}

function keyOf(holder: NotesHolder) {
  const owner = "license" in holder ? { licenseNumber: holder.license } : { customerId: holder.customer };
  return { holder: idOf(holder), ...owner };
}

function contentOf(notes: Notes, now: Date) {
  return { ...notes, search: notesSearch(notes), updatedAt: now };
}

function idOf(holder: NotesHolder): string {
  return "license" in holder ? holder.license : holder.customer;
}

async function lock(tx: Tx, holder: NotesHolder): Promise<void> {
  if ("license" in holder) return lockLicense(tx, holder.license);
  await lockInstallation(tx);
  if ((await tx.customer.count({ where: { id: holder.customer } })) === 0) throw nothingHere();
}

function notesIn({ contractNumber, contact, text, metadata }: NotesRow): Notes {
  return { contractNumber, contact, text, metadata: metadata as Notes["metadata"] }; // as `contentOf` writes it
}

function otherNotes(before: Notes): Refusal {
  return new Refusal(
    "VERSION_MISMATCH",
    "Somebody else changed these notes in the meantime. Reload, compare, and save again.",
    { etag: notesTag(before) },
  );
}

function byName([one]: [string, string], [other]: [string, string]): number {
  return one < other ? -1 : 1;
}
