import { expect, test } from "vitest";
import { deniedLabel, reasonLabel } from "./denial-labels";

test.each([
  ["NOT_ASSIGNED", "No seat assigned"],
  ["LICENSE_SUSPENDED", "The license is suspended"],
  ["SOMETHING_NEW", "SOMETHING_NEW"],
  ["toString", "toString"],
])("the reason %s reads %s", (code, label) => expect(reasonLabel(code)).toBe(label));

test("a user is a name, a short hash, or nobody", () => {
  expect(deniedLabel("acme\\bob")).toBe("acme\\bob");
  expect(deniedLabel("3fa9c1d2".padEnd(64, "0"))).toBe("User 3fa9c1d2");
  expect(deniedLabel(null)).toBe("Not named");
});
