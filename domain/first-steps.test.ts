import { expect, test } from "vitest";
import { activationCall, type Beginnings, firstSteps } from "./first-steps";

const NOTHING: Beginnings = {
  hasSafeOwner: false,
  customer: null,
  license: null,
  key: null,
  hasActivated: false,
};
const KEY = { jti: "623aa9af", license: "9999000000001253", product: "QSEfW" };
const ALL: Beginnings = {
  hasSafeOwner: true,
  customer: "c",
  license: KEY.license,
  key: KEY,
  hasActivated: true,
};

test.each<[Partial<Beginnings>, string]>([
  [NOTHING, "next open open open open"],
  [{ ...NOTHING, hasSafeOwner: true }, "done next open open open"],
  [{ ...NOTHING, customer: "c" }, "next done open open open"],
  [{ key: null, hasActivated: false }, "done done done next open"],
  [{ hasActivated: false }, "done done done done next"],
  [{ key: null }, "done done done next done"],
  [{}, "done done done done done"],
])("an installation with %j is at step %s", (held, states) => {
  expect(
    firstSteps({ ...ALL, ...held })
      .map(({ state }) => state)
      .join(" "),
  ).toBe(states);
});

test("a call is quoted for a shell", () => {
  const call = activationCall("http://localhost:3001", "it's", "eyJ");
  expect(call).toContain("curl http://localhost:3001/v1/activations");
  expect(call).toContain(String.raw`-A 'Licenses/1.0.0 (curl) it'\''s'`);
  expect(call).toContain("-H 'Authorization: Bearer eyJ'");
});
