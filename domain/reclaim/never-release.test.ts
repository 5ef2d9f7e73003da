import { expect, test } from "vitest";
import { type Exemption, exemptionKey, neverReleased } from "./never-release";

test.each<[Exemption["kind"], string, string, boolean]>([
  ["subject", "ACME\\Bob", "acme\\bob", true],
  ["subject", "acme\\bob", "acme\\bobby", false],
  ["pattern", "svc_*", "SVC_reload", true],
  ["pattern", "*\\svc_*", "acme\\svc_reload", true],
  ["pattern", "svc_*", "acme\\svc_reload", false],
  ["pattern", "acme\\ro?t", "ACME\\root", true],
  ["pattern", "acme\\ro?t", "acme\\rt", false],
  ["pattern", "*", "anybody", true],
  ["pattern", "a*b*c", "aXbXbXc", true],
  ["pattern", "a*b*c", "aXbXbX", false],
  ["pattern", "*.example", "bob@acme.example", true],
  ["pattern", "bob", "bob", true],
  ["pattern", "?", "é", true],
  ["pattern", "?", "😀", true],
  ["directory", "ACME", "acme\\bob", true],
  ["directory", "acme\\", "ACME\\bob", true],
  ["directory", "acme", "acme2\\bob", false],
  ["directory", "acme", "other\\acme", false],
  ["directory", "acme", "acme", false],
  ["directory", "acme.example", "bob@ACME.example", true],
  ["directory", "@acme.example", "bob@acme.example", true],
  ["directory", "acme.example", "bob@mail.acme.example", false],
])("%s %s: %s is kept: %s", (kind, text, subject, isKept) => {
  expect(neverReleased([{ kind, text }])(subject)).toBe(isKept);
});

test("an empty list keeps nobody, and any of several entries keeps a user", () => {
  expect(neverReleased([])("bob")).toBe(false);
  const isKept = neverReleased([
    { kind: "subject", text: "bob" },
    { kind: "directory", text: "acme" },
  ]);
  expect(["bob", "acme\\eve", "eve"].map(isKept)).toEqual([true, true, false]);
});

test("a pattern that could backtrack on every character ends", () => {
  expect(neverReleased([{ kind: "pattern", text: `${"*a".repeat(99)}b` }])("a".repeat(200))).toBe(false);
});

test("two spellings of one entry have one key", () => {
  expect(exemptionKey({ kind: "directory", text: "ACME\\" })).toBe("acme");
  expect(exemptionKey({ kind: "subject", text: " ACME\\Bob " })).toBe("acme\\bob");
});
