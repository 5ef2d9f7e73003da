import { expect, test } from "vitest";
import { canGrant, type Reader, ROLES, type Role, whyNot } from "./roles";

const reader = (role: Role, seenBy?: object): Reader => ({ role, name: "Jon Lind", seenBy });

test("an owner may do everything", () => {
  expect(whyNot(reader("owner"), "people.write")).toBeNull();
  expect(whyNot(reader("owner"), "signing-keys.write")).toBeNull();
});

test("a refusal of rights says which roles may", () => {
  expect(whyNot(reader("auditor"), "keys.reveal")).toBe(
    "Only owners, issuers, and license-admins can do this.",
  );
  expect(whyNot(reader("license-admin"), "keys.issue")).toBe("Only owners and issuers can do this.");
});

test("an owner who sees as another person may read what that person may, and change nothing", () => {
  const why = "You're viewing this as Jon Lind, so you can't change anything.";
  expect(whyNot(reader("issuer", {}), "licenses.read")).toBeNull();
  expect(whyNot(reader("issuer", {}), "licenses.write")).toBe(why);
  expect(whyNot(reader("issuer", {}), "keys.reveal")).toBe(why);
  expect(whyNot(reader("issuer", {}), "licenses.simulate")).toBe(why);
  expect(whyNot(reader("auditor", {}), "keys.reveal")).toMatch(/^Only owners/);
});

test.each(ROLES)("%s can grant its own role", (role) => expect(canGrant(role, role)).toBe(true));

test("nobody can grant more than their own rights", () => {
  expect(canGrant("license-admin", "issuer")).toBe(false);
  expect(canGrant("issuer", "license-admin")).toBe(false);
  expect(canGrant("owner", "auditor")).toBe(true);
});
