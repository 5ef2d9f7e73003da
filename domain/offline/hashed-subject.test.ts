import fc from "fast-check";
import { expect, test } from "vitest";
import { foldSubject } from "@/domain/assignments/subject";
import { hashedSubject, hashIn, shownSubject } from "./hashed-subject";

const HEX = "d41d8cd98f00b204e9800998ecf8427e";

test.each([
  [`hash:${HEX}`, HEX],
  [` HASH:${HEX.toUpperCase()}`, HEX],
  [`hash:${HEX}${HEX}`, HEX + HEX],
  [`\u3000haſh:${HEX}`, HEX],
  [`hash:${HEX}0`, null],
  ["hash:bob", null],
  [HEX, null],
])("the subject %s stands for the hash %s", (subject, hash) => expect(hashIn(subject)).toBe(hash));

test("a hashed subject is shown by its first digits, a user as spelled", () => {
  expect(shownSubject(hashedSubject(HEX))).toBe("hash d41d8cd9…");
  expect(shownSubject("acme\\bob")).toBe("acme\\bob");
});

test("a subject stands for a hash exactly if its folded form does", () => {
  const spellings = fc
    .tuple(
      fc.string({ unit: fc.constantFrom(" ", "\t", "\u3000", "\u0301"), maxLength: 2 }),
      fc.constantFrom("hash:", "HASH:", "haſh:", "hаsh:", "\u1e96ash:", "ash:", "k"),
      fc.string({ unit: fc.constantFrom("a", "F", "0", "ﬀ"), minLength: 30, maxLength: 33 }),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.oneof(spellings, fc.string({ unit: "grapheme" })), (subject) => {
      const [, hash = null] = /^hash:([0-9a-f]{32}|[0-9a-f]{64})$/.exec(foldSubject(subject)) ?? [];
      expect(hashIn(subject)).toBe(hash);
    }),
    { numRuns: 2000 },
  );
});
