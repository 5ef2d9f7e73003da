import { expect, test } from "vitest";
import { canGrant, ROLES, whyNot } from "./roles";

test("an owner is kept from nothing", () => {
  expect(whyNot("owner", "users.write")).toBeNull();
  expect(whyNot("owner", "signing-keys.write")).toBeNull();
});

test("who may not is told who may", () => {
  expect(whyNot("auditor", "keys.reveal")).toBe("Only owners, issuers, and license-admins can do this.");
  expect(whyNot("license-admin", "keys.issue")).toBe("Only owners and issuers can do this.");
});

test.each(ROLES)("%s can hand on its own role", (role) => expect(canGrant(role, role)).toBe(true));

test("nobody hands on more than the own rights", () => {
  expect(canGrant("license-admin", "issuer")).toBe(false);
  expect(canGrant("issuer", "license-admin")).toBe(false);
  expect(canGrant("owner", "auditor")).toBe(true);
});
