import { expect, test } from "vitest";
import type { Role } from "./roles";
import { customersLeft } from "./token-reach";

const token = (role: Role, customers: string[] = [], customerOfLicense: string | null = null) => ({
  role,
  customers,
  customerOfLicense,
});

test.each([
  ["an owner keeps what it made", token("issuer"), { role: "owner", customers: null }, []],
  ["an issuer loses an owner's token", token("owner"), { role: "issuer", customers: null }, null],
  ["an auditor keeps an auditor's token", token("auditor"), { role: "auditor", customers: null }, []],
  [
    "an auditor loses a license-admin's token",
    token("license-admin", ["a"]),
    { role: "auditor", customers: null },
    null,
  ],
  [
    "an owner keeps a license-admin's token as it is",
    token("license-admin", ["a"]),
    { role: "owner", customers: null },
    ["a"],
  ],
  [
    "fewer customers are fewer in the token",
    token("license-admin", ["a", "b"]),
    { role: "license-admin", customers: ["b", "c"] },
    ["b"],
  ],
  [
    "without a customer in common it ends",
    token("license-admin", ["a"]),
    { role: "license-admin", customers: ["b"] },
    null,
  ],
  [
    "a token of a license stays with its customer",
    token("license-admin", [], "a"),
    { role: "license-admin", customers: ["a"] },
    [],
  ],
  [
    "a token of a license ends with its customer",
    token("license-admin", ["a", "b"], "a"),
    { role: "license-admin", customers: ["b"] },
    null,
  ],
] as const)("%s", (_, made, maker, left) => {
  expect(customersLeft(made, maker)).toEqual(left);
});
