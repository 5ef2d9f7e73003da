import { expect, test } from "vitest";
import { canGrant, type Reader, ROLES, type Role, whyNot } from "./roles";

const reader = (role: Role, seenBy?: object): Reader => ({ role, name: "Jon Lind", seenBy });

test("an owner is kept from nothing", () => {
  expect(whyNot(reader("owner"), "users.write")).toBeNull();
  expect(whyNot(reader("owner"), "signing-keys.write")).toBeNull();
});

test("who may not is told who may", () => {
  expect(whyNot(reader("auditor"), "keys.reveal")).toBe(
    "Only owners, issuers, and license-admins can do this.",
  );
  expect(whyNot(reader("license-admin"), "keys.issue")).toBe("Only owners and issuers can do this.");
});

test("who looks at what somebody else sees may read as they may, and change nothing", () => {
  const why = "You're viewing this as Jon Lind, so you can't change anything.";
  expect(whyNot(reader("issuer", {}), "licenses.read")).toBeNull();
  expect(whyNot(reader("issuer", {}), "licenses.write")).toBe(why);
  expect(whyNot(reader("issuer", {}), "keys.reveal")).toBe(why);
  expect(whyNot(reader("issuer", {}), "licenses.simulate")).toBe(why);
  expect(whyNot(reader("auditor", {}), "keys.reveal")).toMatch(/^Only owners/);
});

test.each(ROLES)("%s can hand on its own role", (role) => expect(canGrant(role, role)).toBe(true));

test("nobody hands on more than the own rights", () => {
  expect(canGrant("license-admin", "issuer")).toBe(false);
  expect(canGrant("issuer", "license-admin")).toBe(false);
  expect(canGrant("owner", "auditor")).toBe(true);
});
