import { expect, test } from "vitest";
import { changedNotes, NO_NOTES, notesSearch, whyNoNotes } from "./notes";

const NOTES = {
  contractNumber: "C-2026/17",
  contact: "Ana Ruiz\nana@acme.example",
  text: "Renews in May.",
  metadata: { crm: "4711", Region: "Süd" },
};

test("everything that is noted can be searched, whatever its case", () => {
  const search = notesSearch(NOTES);
  for (const part of ["c-2026/17", "ana@acme.example", "renews in may", "crm 4711", "süd"])
    expect(search).toContain(part);
  expect(notesSearch(NO_NOTES)).toBe("");
});

test("the parts that changed are named, and the order of metadata is no change", () => {
  expect(changedNotes(NOTES, { ...NOTES, metadata: { Region: "Süd", crm: "4711" } })).toEqual([]);
  expect(changedNotes(NO_NOTES, NOTES)).toEqual(["contractNumber", "contact", "text", "metadata"]);
  expect(changedNotes(NOTES, { ...NOTES, text: "", metadata: { crm: "4711" } })).toEqual([
    "text",
    "metadata",
  ]);
});

test.each([
  [{ contractNumber: "x".repeat(201) }, "The contract number is longer than 200 characters"],
  [{ contractNumber: "C-17\nC-18" }, "The contract number is longer than 200 characters, or has control"],
  [{ metadata: { "crm\nid": "1" } }, "A name of metadata is longer than 60 characters, or has control"],
  [{ metadata: { "crm\u200b": "1" } }, "A name of metadata can't be used. It has an invisible character"],
  [{ contact: "Ana\u0000" }, "The contact is longer than 1000 characters, or has control characters."],
  [{ metadata: { crm: "x".repeat(501) } }, "A value of metadata is longer than 500 characters"],
  [{ metadata: { ["x".repeat(61)]: "1" } }, "A name of metadata is longer than 60 characters"],
  [
    { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`n${i}`, "1"])) },
    "Metadata can have at most 50 names.",
  ],
])("notes with %j are refused", (part, why) => {
  expect(whyNoNotes({ ...NO_NOTES, ...part })).toContain(why);
  expect(whyNoNotes(NOTES)).toBeNull();
});
