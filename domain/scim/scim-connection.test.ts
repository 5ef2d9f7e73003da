import { expect, test } from "vitest";
import { isSubjectPath, mappingsOf, subjectOf } from "./scim-connection";

const USER = {
  userName: "bob@acme.example",
  externalId: "ACME\\bob",
  name: { givenName: "Bob" },
  emails: [
    { type: "home", value: "bob@home.example" },
    { type: "work", value: "bob@acme.example" },
  ],
};

test.each([
  ["userName", "bob@acme.example"],
  ["USERNAME", "bob@acme.example"],
  ["externalId", "ACME\\bob"],
  ["name.givenName", "Bob"],
  ["emails.value", "bob@home.example"],
  ["emails", "bob@home.example"],
  ['emails[type eq "work"].value', "bob@acme.example"],
  ['emails[type eq "other"].value', null],
  ["title", null],
])("the subject at %s is %s", (path, subject) => expect(subjectOf(USER, path)).toBe(subject));

test.each([
  ["283405f5e2c14d0d9f6b1a7c3e5d8b90bob@acme.example", false, "bob@acme.example"],
  ["283405F5E2C14D0D9F6B1A7C3E5D8B90Bob@acme.example", false, "Bob@acme.example"],
  [
    "283405f5e2c14d0d9f6b1a7c3e5d8b90bob@acme.example",
    true,
    "283405f5e2c14d0d9f6b1a7c3e5d8b90bob@acme.example",
  ],
  ["283405f5e2c14d0d9f6b1a7c3e5d8b90", false, "283405f5e2c14d0d9f6b1a7c3e5d8b90"],
  ["283405f5e2c14d0d9f6b1a7c3e5d8b90@acme.example", false, "283405f5e2c14d0d9f6b1a7c3e5d8b90@acme.example"],
  ["abad1dea@acme.example", false, "abad1dea@acme.example"],
])("%s, active: %s, is the subject %s: Entra ID renames deleted users", (userName, active, subject) => {
  expect(subjectOf({ userName, active }, "userName")).toBe(subject);
});

test.each([[" "], ["a\u200bb"], ["x".repeat(201)]])("%j can't be a subject", (userName) => {
  expect(subjectOf({ userName }, "userName")).toBeNull();
});

test.each([
  ["userName", true],
  ['emails[type eq "work"].value', true],
  ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", true],
  ["active", false],
  ["name", false],
  ["id", false],
  ["groups.display", false],
  ["nothing", false],
  ["emails[", false],
  ["", false],
])("%s leads to a subject: %s", (path, can) => expect(isSubjectPath(path)).toBe(can));

test("a mapping names a group by its name without case, or by its id in the directory", () => {
  const mappings = ["ANALYSTS", "g-1", "G-1", "others"].map((group) => ({
    group,
    license: "1",
    allotment: "a",
  }));
  const found = mappingsOf({ name: "Analysts", externalId: "g-1" }, mappings);
  expect(found.map(({ group }) => group)).toEqual(["ANALYSTS", "g-1"]);
});
