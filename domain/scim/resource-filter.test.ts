import { expect, test } from "vitest";
import { ENTERPRISE_SCHEMA, USER_ATTRIBUTES } from "./attributes";
import type { ScimResource } from "./resource";
import { equalTo, meetsResourceFilter, parseResourceFilter } from "./resource-filter";

const USERS: Record<string, ScimResource> = {
  bob: {
    id: "1",
    externalId: "B-1",
    userName: "Bob@acme.example",
    active: true,
    name: { familyName: "Miller" },
    emails: [
      { type: "home", value: "bob@home.example" },
      { type: "work", value: "bob@acme.example", primary: true },
    ],
    [`${ENTERPRISE_SCHEMA}:department`]: "IT",
  },
  eve: {
    id: "2",
    externalId: "b-1",
    userName: "ACME\\eve",
    active: false,
    emails: [{ type: "work", value: "e" }],
  },
  kim: { id: "3", userName: "kim" },
};

const found = (text: string) => {
  const filter = parseResourceFilter(text, USER_ATTRIBUTES);
  return Object.keys(USERS).filter((name) => meetsResourceFilter(filter, USERS[name] ?? {}, USER_ATTRIBUTES));
};

test.each([
  ['userName eq "bob@ACME.example"', ["bob"]],
  ['UserName Eq "bob@acme.example"', ["bob"]],
  [String.raw`userName eq "acme\\EVE"`, ["eve"]],
  ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "kim"', ["kim"]],
  ['externalId eq "B-1"', ["bob"]],
  ['externalId eq "b-1"', ["eve"]],
  ['id eq "3"', ["kim"]],
  ["active eq true", ["bob"]],
  ['active eq "True"', ["bob"]],
  ["active eq false", ["eve"]],
  ["active ne false", ["bob", "kim"]],
  ['name.familyName sw "mil"', ["bob"]],
  [`${ENTERPRISE_SCHEMA}:department eq "it"`, ["bob"]],
  ['emails eq "bob@acme.example"', ["bob"]],
  ['emails.value ew "acme.example"', ["bob"]],
  ['emails[type eq "work"].value eq "bob@acme.example"', ["bob"]],
  ['emails[type eq "home"].value eq "bob@acme.example"', []],
  ['emails[type eq "home" and primary eq true]', []],
  ['emails[type eq "work" and primary eq true]', ["bob"]],
  ['emails[type eq "work"].primary pr', ["bob"]],
  ['emails[type eq "work"].value eq "e" or userName eq "kim"', ["eve", "kim"]],
  ["emails pr", ["bob", "eve"]],
  ["not (emails pr)", ["kim"]],
  ["name.familyName pr", ["bob"]],
  ['userName ne "kim" and active eq true', ["bob"]],
  ['title eq "x"', []],
  ['title ne "x"', ["bob", "eve", "kim"]],
])("%s", (text, names) => expect(found(text)).toEqual(names));

test.each([
  "userName",
  'userName eq "kim',
  'userName is "kim"',
  'nothing eq "x"',
  'emails.nothing eq "x"',
  'emails[nothing eq "x"]',
  `userName eq "${"x".repeat(4000)}"`,
])("%s is refused", (text) => {
  expect(() => found(text)).toThrow(
    expect.objectContaining({ faults: [expect.objectContaining({ code: "invalidFilter" })] }),
  );
});

test.each([
  ['userName eq "kim"', "kim"],
  ['active eq true and userName eq "kim"', "kim"],
  ['userName eq "kim" or active eq true', null],
  ['not (userName eq "kim")', null],
  ['userName sw "kim"', null],
])("%s narrows a search by name to %s", (text, name) => {
  expect(equalTo(parseResourceFilter(text, USER_ATTRIBUTES), "userName", USER_ATTRIBUTES)).toBe(name);
});
