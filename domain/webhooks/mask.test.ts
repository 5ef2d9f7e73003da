import fc from "fast-check";
import { expect, test } from "vitest";
import { masked } from "./mask";

test.each([
  ["as it is", "hello acme\\bob!", ["acme\\bob"], "hello [hidden]!"],
  ["in JSON", '{"subject":"acme\\\\bob"}', ["acme\\bob"], '{"subject":"[hidden]"}'],
  [
    "in JSON inside JSON",
    '{"body":"{\\"s\\":\\"acme\\\\\\\\bob\\"}"}',
    ["acme\\bob"],
    '{"body":"{\\"s\\":\\"[hidden]\\"}"}',
  ],
  ["in HTML", "<p>a &amp; b</p>", ["a & b"], "<p>[hidden]</p>"],
  ["in a URL", "/?s=acme%5Cbob%20x", ["acme\\bob x"], "/?s=[hidden]"],
  ["in a form", "s=acme%5Cbob+x", ["acme\\bob x"], "s=[hidden]"],
  [
    "in another case",
    "ACME\\BOB and Bob@Example.com",
    ["acme\\bob", "bob@example.com"],
    "[hidden] and [hidden]",
  ],
  ["with signs of patterns", "a.b*c (x)", ["a.b*c", "(x)"], "[hidden] [hidden]"],
  ["and no other text", "a-b", ["a.b"], "a-b"],
  ["nothing to hide", "text", [], "text"],
  ["an empty text hides nothing", "text", [""], "text"],
] as const)("%s", (_, text, hidden, expected) => {
  expect(masked(text, hidden)).toBe(expected);
});

test("whatever the text, it doesn't contain what is hidden", () => {
  const hidden = fc
    .string({ minLength: 1, maxLength: 12 })
    .filter((text) => !"[hidden]".includes(text.toLowerCase()));
  fc.assert(
    fc.property(fc.string(), hidden, fc.string(), (before, secret, after) => {
      for (const part of masked(before + secret + after, [secret]).split("[hidden]"))
        expect(part).not.toContain(secret);
    }),
    { numRuns: 30 },
  );
});
