import { expect, test } from "vitest";
import { NO_NOTES } from "@/domain/licenses/notes";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import { listAudit } from "@/server/audit/log";
import { makeLicense, NOW, OWNER } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { countCustomers, listCustomers } from "./customers";
import { listLicenses } from "./license-list";
import { notesOf, notesTag, saveNotes } from "./notes";

useStore();

const NOTES = {
  contractNumber: "C-2026/17",
  contact: "Ana Ruiz",
  text: "Renews in May.\nAsk for Süd.",
  metadata: { crm: "4711" },
};

async function numbersWith(query: string, who: Principal = OWNER): Promise<string[]> {
  return (await listLicenses(who, { query, limit: 50 }, NOW)).items.map(({ number }) => number);
}

test("notes of a license and of a customer are kept apart, and the audit names what changed without its content", async () => {
  const { number, customer } = await makeLicense();
  expect(await notesOf({ license: number })).toEqual(NO_NOTES);
  await saveNotes({ license: number }, NOTES, null, SYSTEM, NOW);
  await saveNotes({ license: number }, { ...NOTES, text: "" }, null, SYSTEM, NOW);
  await saveNotes({ license: number }, { ...NOTES, text: "" }, null, SYSTEM, NOW);
  expect(await notesOf({ license: number })).toEqual({ ...NOTES, text: "" });
  expect(await notesOf({ customer: customer.id })).toEqual(NO_NOTES);
  await saveNotes({ customer: customer.id }, NOTES, null, SYSTEM, NOW);
  const { items } = await listAudit(OWNER, { chain: number, action: "license.notes-changed", limit: 9 });
  expect(items.map(({ details }) => details)).toEqual([
    { changed: ["text"] },
    { changed: ["contractNumber", "contact", "text", "metadata"] },
  ]);
});

test("a stale change is refused, and nobody's notes are lost", async () => {
  const { number } = await makeLicense();
  const seen = notesTag(NO_NOTES);
  await saveNotes({ license: number }, NOTES, seen, SYSTEM, NOW);
  const stale = saveNotes({ license: number }, { ...NOTES, text: "mine" }, seen, SYSTEM, NOW);
  await expect(stale).rejects.toMatchObject({ code: "VERSION_MISMATCH", etag: notesTag(NOTES) });
  const unknown = saveNotes({ license: "1234567812345678" }, NOTES, null, SYSTEM, NOW);
  await expect(unknown).rejects.toMatchObject({ code: "NOT_FOUND" });
  const nobody = saveNotes({ customer: crypto.randomUUID() }, NOTES, null, SYSTEM, NOW);
  await expect(nobody).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("lists find licenses and customers by their notes, but not for license admins", async () => {
  const word = crypto.randomUUID();
  const noted = await makeLicense({ notes: { ...NOTES, metadata: { Region: `Süd ${word}` } } });
  const second = await makeLicense();
  await saveNotes({ customer: second.customer.id }, { ...NOTES, contact: `Ana ${word}` }, null, SYSTEM, NOW);
  expect((await numbersWith(word)).toSorted()).toEqual([noted.number, second.number].toSorted());
  expect(await numbersWith(`REGION SÜD ${word}`)).toEqual([noted.number]);
  const found = await listCustomers(OWNER, { query: `ana ${word}`, limit: 9 });
  expect(found.items.map(({ id }) => id)).toEqual([second.customer.id]);
  const admin: Principal = {
    ...OWNER,
    role: "license-admin",
    customers: [noted.customer.id, second.customer.id],
  };
  expect(await numbersWith(word, admin)).toEqual([]);
  expect(await countCustomers(admin, word)).toBe(0);
});
