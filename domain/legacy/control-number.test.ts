import fc from "fast-check";
import { expect, test } from "vitest";
import { controlKey, isWeakControl, newControlNumber, whyNoControl } from "./control-number";

test("a control number has 12 unambiguous characters in three groups", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 12, maxLength: 12 }), (random) => {
      const control = newControlNumber(random);
      expect(control).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
      expect([controlKey(control).length, whyNoControl(control), isWeakControl(control)]).toEqual([
        12,
        null,
        false,
      ]);
    }),
  );
  expect(() => newControlNumber(new Uint8Array(11))).toThrow();
});

test.each([
  ["abcd-efgh-jkmn", "ABCDEFGHJKMN"],
  [" ab cd\u00A0ef\u2011gh ", "ABCDEFGH"],
  ["", ""],
])("%j is compared as %j", (text, key) => expect(controlKey(text)).toBe(key));

test.each([
  ["1-2 3", "A control number needs at least 4 characters.", true],
  ["1234", null, true],
  ["12345678", null, false],
  ["12;34", "A control number can have only letters and digits.", true],
  ["x".repeat(41), "A control number can have at most 40 characters.", false],
] as const)("%j from another system is checked: %s", (text, why, isWeak) =>
  expect([whyNoControl(text), isWeakControl(text)]).toEqual([why, isWeak]),
);
