import { expect, test } from "vitest";
import { ENTERPRISE_SCHEMA, GROUP_ATTRIBUTES, USER_ATTRIBUTES, USER_SCHEMA } from "./attributes";
import { operationsIn } from "./operation";
import { applyPatch, readResource } from "./patch";
import type { ScimResource } from "./resource";

const DEPARTMENT = `${ENTERPRISE_SCHEMA}:department`;
const MANAGER = `${ENTERPRISE_SCHEMA}:manager`;
const WORK = { type: "work", value: "bob@acme.example" };
const HOME = { type: "home", value: "bob@home.example" };
const BOB: ScimResource = { userName: "bob", active: true, emails: [WORK], title: "Analyst" };

const patch = (operations: unknown[], before = BOB) => applyPatch(before, operations, USER_ATTRIBUTES);
const after = (...operations: unknown[]) => {
  const { resource, failed } = patch(operations);
  expect(failed).toEqual([]);
  return resource;
};

test.each([
  // Entra ID: a path for each attribute, operators with a capital, texts for true and false
  [{ op: "Replace", path: "active", value: "False" }, { active: false }],
  [{ op: "Replace", path: "Active", value: false }, { active: false }],
  [{ op: "Replace", path: "active", value: [{ $ref: null, value: "False" }] }, { active: false }],
  [{ op: "Replace", path: `${USER_SCHEMA}:active`, value: "false" }, { active: false }],
  [{ op: "Add", path: "displayName", value: "Bob" }, { displayName: "Bob" }],
  [{ op: "Add", path: "name.givenName", value: "Bob" }, { name: { givenName: "Bob" } }],
  [{ op: "Add", path: 'emails[type eq "home"].value', value: HOME.value }, { emails: [WORK, HOME] }],
  [
    { op: "Replace", path: 'emails[type eq "work"].value', value: "b@acme.example" },
    { emails: [{ type: "work", value: "b@acme.example" }] },
  ],
  [
    { op: "Replace", path: 'emails[type eq "home" and primary eq true].value', value: HOME.value },
    { emails: [WORK, { ...HOME, primary: true }] },
  ],
  [{ op: "Add", path: DEPARTMENT, value: "Sales" }, { [DEPARTMENT]: "Sales" }],
  [{ op: "Add", path: MANAGER, value: "26118915" }, { [MANAGER]: { value: "26118915" } }],
  [{ op: "Add", path: 'addresses[type eq "work"].formatted', value: "1 Main St" }, {}],
  [{ op: "Replace", path: "userName", value: "robert" }, { userName: "robert" }],
  // The validator: several attributes in the value of one operation, with paths as names
  [
    { op: "replace", value: { "name.familyName": "Miller", displayName: "Bob", [DEPARTMENT]: "IT" } },
    { name: { familyName: "Miller" }, displayName: "Bob", [DEPARTMENT]: "IT" },
  ],
  [
    { op: "replace", value: { 'emails[type eq "work"].value': "b@acme.example", active: "False" } },
    { emails: [{ type: "work", value: "b@acme.example" }], active: false },
  ],
  // Okta: no path, the attribute in the value
  [{ op: "replace", value: { active: false } }, { active: false }],
  [{ op: "replace", value: { id: "7", schemas: [USER_SCHEMA], title: "Lead" } }, { title: "Lead" }],
  // An extension by its URN
  [{ op: "add", value: { [ENTERPRISE_SCHEMA]: { department: "Sales" } } }, { [DEPARTMENT]: "Sales" }],
  [{ op: "add", path: ENTERPRISE_SCHEMA, value: { department: "Sales" } }, { [DEPARTMENT]: "Sales" }],
  // Several values
  [{ op: "add", path: "emails", value: [HOME] }, { emails: [WORK, HOME] }],
  [{ op: "add", path: "emails", value: [WORK] }, {}],
  [{ op: "add", path: "emails", value: HOME }, { emails: [WORK, HOME] }],
  [{ op: "replace", path: "emails", value: [HOME] }, { emails: [HOME] }],
  [
    { op: "replace", path: 'emails[type eq "work"]', value: { value: "b@acme.example", type: "work" } },
    { emails: [{ value: "b@acme.example", type: "work" }] },
  ],
  [
    { op: "add", path: "emails", value: [{ ...HOME, primary: "True" }] },
    { emails: [WORK, { ...HOME, primary: true }] },
  ],
  // A user name may be a Windows account
  [{ op: "replace", path: "userName", value: "ACME\\bob" }, { userName: "ACME\\bob" }],
  // What the server gives is its own
  [{ op: "replace", path: "id", value: "7" }, {}],
  [{ op: "replace", path: "meta.version", value: "7" }, {}],
])("%j", (operation, change) => expect(after(operation)).toEqual({ ...BOB, ...change }));

test.each([
  [{ op: "remove", path: "title" }, "title"],
  [{ op: "Remove", path: "title", value: null }, "title"],
  [{ op: "replace", path: "title", value: null }, "title"],
  [{ op: "replace", path: "title", value: "" }, "title"],
  [{ op: "remove", path: "emails" }, "emails"],
  [{ op: "remove", path: 'emails[type eq "work"]' }, "emails"],
  [{ op: "remove", path: "emails", value: [{ value: WORK.value }] }, "emails"],
])("%j removes", (operation, gone) => {
  const { [gone]: _, ...left } = BOB;
  expect(after(operation)).toEqual(left);
});

test.each([
  [{ op: "replace", path: "active", value: "maybe" }, "invalidValue"],
  [{ op: "replace", path: "active" }, undefined],
  [{ op: "replace", path: "displayName", value: { a: 1 } }, "invalidValue"],
  [{ op: "remove", path: "userName" }, "invalidValue"],
  [{ op: "remove" }, "noTarget"],
  [{ op: "replace", value: "False" }, "invalidSyntax"],
  [{ op: "move", path: "active", value: false }, "invalidSyntax"],
  [{ op: "replace", path: "active[", value: false }, "invalidPath"],
  [{ op: "replace", path: 'active[value eq "x"]', value: false }, "invalidPath"],
  [{ op: "replace", path: "emails[type is work].value", value: "x" }, "invalidPath"],
  [{ op: "replace", path: 'emails[not (type eq "work")].value', value: "x" }, "noTarget"],
  [{ op: "replace", path: "title", value: "a\nb" }, "invalidValue"],
  ["x", "invalidSyntax"],
])("%j fails with %s, and a deactivation beside it is kept", (operation, type) => {
  const off = { op: "Replace", path: "active", value: "False" };
  const { resource, failed } = patch([operation, off, { op: "add", path: "title", value: "Lead" }]);
  expect(failed.map(({ at, type: found }) => [at, found])).toEqual(type ? [[0, type]] : []);
  expect(resource).toMatchObject({ active: false, title: "Lead", userName: "bob" });
});

test("a deactivation in the value of an operation isn't lost with another member of it", () => {
  const { resource, failed } = patch([{ op: "replace", value: { displayName: ["a", "b"], active: false } }]);
  expect([resource.active, failed.length]).toEqual([false, 1]);
});

test("the resource before a PATCH isn't changed", () => {
  const before = structuredClone(BOB);
  patch([{ op: "add", path: 'emails[type eq "work"].value', value: "x" }], BOB);
  expect(BOB).toEqual(before);
});

const [A, B] = ["6b1c6d0e-8a13-4f0e-8a6a-9a0b7a2f0a01", "6b1c6d0e-8a13-4f0e-8a6a-9a0b7a2f0a02"];

test.each([
  [
    { op: "Add", path: "members", value: [{ value: A }] },
    { op: "add", ids: [A] },
  ],
  [
    { name: "addMember", op: "Add", path: "members", value: [{ $ref: null, value: A }, { value: A }] },
    { op: "add", ids: [A] },
  ],
  [
    { op: "add", value: { members: [{ value: A, display: "bob" }] } },
    { op: "add", ids: [A] },
  ],
  [
    { op: "add", path: "members", value: { value: A } },
    { op: "add", ids: [A] },
  ],
  [
    { op: "Remove", path: "members", value: [{ $ref: null, value: A }] },
    { op: "remove", ids: [A] },
  ],
  [
    { op: "Remove", path: `members[value eq "${A}"]` },
    { op: "remove", ids: [A] },
  ],
  [
    { op: "remove", path: `members[value eq "${A}" or value eq "${B}"]` },
    { op: "remove", ids: [A, B] },
  ],
  [
    { op: "remove", path: "members" },
    { op: "remove", ids: null },
  ],
  [
    { op: "replace", path: "members", value: [{ value: A }, { value: B }] },
    { op: "replace", ids: [A, B] },
  ],
  [
    { op: "replace", path: "members", value: [] },
    { op: "replace", ids: [] },
  ],
  [
    { op: "replace", value: { members: [{ value: B }] } },
    { op: "replace", ids: [B] },
  ],
])("%j changes the members of a group", (operation, change) => {
  const { members, failed } = applyPatch({ displayName: "A" }, [operation], GROUP_ATTRIBUTES);
  expect([members, failed]).toEqual([[change], []]);
});

test("Okta renames a group without a path, with the id beside the name", () => {
  const operation = { op: "replace", value: { id: A, displayName: "Analysts EU" } };
  const { resource, members } = applyPatch({ displayName: "Analysts" }, [operation], GROUP_ATTRIBUTES);
  expect([resource, members]).toEqual([{ displayName: "Analysts EU" }, []]);
});

test.each([
  [{ op: "remove", path: 'members[display eq "bob"]' }, "invalidPath"],
  [{ op: "add", path: "members", value: [{ display: "bob" }] }, "invalidValue"],
])("%j can't change members", (operation, type) => {
  const { failed } = applyPatch({ displayName: "A" }, [operation], GROUP_ATTRIBUTES);
  expect(failed.map((one) => one.type)).toEqual([type]);
});

test("a new user is read as it is kept, whatever the case of its names", () => {
  const sent = {
    schemas: [USER_SCHEMA, ENTERPRISE_SCHEMA],
    UserName: "bob",
    Active: "True",
    password: "secret",
    phoneNumbers: [{ value: "1" }],
    name: { formatted: "Bob Miller", familyName: "Miller" },
    emails: [{ Primary: "true", type: "work", value: WORK.value }],
    meta: { resourceType: "User" },
    groups: [],
    [ENTERPRISE_SCHEMA]: { employeeNumber: 1047, Department: "IT", manager: { value: "7" } },
  };
  expect(readResource(sent, USER_ATTRIBUTES).resource).toEqual({
    userName: "bob",
    active: true,
    name: { formatted: "Bob Miller", familyName: "Miller" },
    emails: [{ primary: true, ...WORK }],
    [`${ENTERPRISE_SCHEMA}:employeeNumber`]: "1047",
    [DEPARTMENT]: "IT",
    [MANAGER]: { value: "7" },
  });
});

test.each([[{}], [{ userName: "" }], [{ userName: null }], [{ active: true }]])("%j is no user", (sent) => {
  expect(() => readResource(sent, USER_ATTRIBUTES)).toThrow("userName is required");
});

test.each([[{}], [{ Operations: {} }], [{ Operations: [] }], [null], ["x"], [[]]])(
  "%j is no PATCH",
  (body) => {
    expect(() => operationsIn(body)).toThrow("Operations must be a list");
  },
);
