import { expect, test } from "vitest";
import { narrowing, readAudit } from "./search-params";

const NOUNS = ["license", "key"] as const;

test.each([
  [{ action: "bogus.action" }],
  [{ action: "user.created" }],
  [{ action: "bogus" }],
  [{ kind: "robot" }],
  [{ within: "first" }],
])("%j is left out and said so", (address) => {
  const { asked, unknown } = readAudit(address, NOUNS);
  expect([narrowing(asked), unknown]).toEqual([0, 1]);
});

test.each([
  [{ action: "key" }],
  [{ action: "key.issued" }],
  [{ kind: "token" }],
  [{ from: "2026-08-01" }],
  [{ within: "0193e2a0-0000-7000-8000-000000000000" }],
])("%j narrows the list", (address) => {
  const { asked, unknown } = readAudit(address, NOUNS);
  expect([narrowing(asked), unknown]).toEqual([1, 0]);
});

test.each([[{ from: "yesterday" }], [{ to: "2026-13-01" }]])(
  "%j is left out, which its field says",
  (address) => {
    const { asked, unknown } = readAudit(address, NOUNS);
    expect([narrowing(asked), unknown]).toEqual([0, 0]);
  },
);
