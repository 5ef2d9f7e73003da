import { expect, test } from "vitest";
import { isWanted } from "./webhook";

const hook = (customer: string | null, ...types: string[]) => ({ customer, types });
const event = (type: string, customer: string | null) => ({ type, customer });

test.each([
  [
    "an installation's endpoint gets the events of every customer",
    hook(null),
    event("expired", "acme"),
    true,
  ],
  ["and those of no customer", hook(null), event("signing-key.rotated", null), true],
  ["a customer's endpoint gets the customer's", hook("acme"), event("expired", "acme"), true],
  ["not another customer's", hook("acme"), event("expired", "other"), false],
  ["nor those of the installation", hook("acme"), event("signing-key.rotated", null), false],
  ["only the chosen types", hook("acme", "expired", "key.issued"), event("key.issued", "acme"), true],
  ["no other type", hook("acme", "expired"), event("key.issued", "acme"), false],
  ["a type isn't a prefix of another one", hook(null, "expir"), event("expired", null), false],
] as const)("%s", (_, wanting, told, expected) => {
  expect(isWanted(wanting, told)).toBe(expected);
});
