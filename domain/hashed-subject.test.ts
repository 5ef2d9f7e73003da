import { expect, test } from "vitest";
import { hashedSubject, hashIn, shownSubject } from "@/domain/hashed-subject";

const HEX = "d41d8cd98f00b204e9800998ecf8427e";

test.each([
  [`hash:${HEX}`, HEX],
  [` HASH:${HEX.toUpperCase()}`, HEX],
  [`hash:${HEX}${HEX}`, HEX + HEX],
  [`hash:${HEX}0`, null],
  ["hash:bob", null],
  [HEX, null],
])("%s stands for the hash %s", (subject, hash) => expect(hashIn(subject)).toBe(hash));

test("a hash is shown by its first digits, a user as spelled", () => {
  expect(shownSubject(hashedSubject(HEX))).toBe("hash d41d8cd9…");
  expect(shownSubject("acme\\bob")).toBe("acme\\bob");
});
