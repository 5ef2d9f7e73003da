import { expect, test } from "vitest";
import { Definition } from "./definition-schemas";

const time = (more: object) => ({
  product: "QSEfW",
  allotments: [{ name: "analyzer_time", usage: { class: "time" }, units: [{ count: 1 }], ...more }],
});
const wrongIn = (definition: object) => {
  const { error } = Definition.safeParse(definition);
  return error?.issues.map(({ path, message }) => `/${path.join("/")} ${message}`) ?? [];
};

const OVERAGE =
  /^\/allotments\/0\/overage Write a whole number from 0 to 1,000,000,000\. Or "YES" for no cap/;
const COUNT = /^\/allotments\/0\/units\/0\/count Write a whole number from 0 to 1,000,000,000\.$/;

const wrong: [object, RegExp][] = [
  ...[-1, "NO", "yes", null, 1.5, 1e10, {}, []].map((overage) => [{ overage }, OVERAGE] as [object, RegExp]),
  ...[-1, "10", null, 1.5, 1e10, undefined].map(
    (count) => [{ units: [{ count }] }, COUNT] as [object, RegExp],
  ),
  [{ units: [{ count: 1, valid: null }] }, /valid Write "2018-01-01\/2018-12-31"/],
  [{ units: [{ count: 1, valid: "x".repeat(51) }] }, /valid Write "2018-01-01\/2018-12-31"/],
  [{ usage: { class: "minutes" } }, /class Write "assigned" for seats or "time" for minutes/],
  [{ usage: { class: "time", minimum: 0 } }, /minimum Write a whole number of minutes from 1 to 100,000/],
  [{ products: [] }, /products List 1 to 50 product codes, or leave products out/],
  [{ products: "QV" }, /products List 1 to 50 product codes, or leave products out/],
];

test.each(wrong)("%j is refused with the allowed values", (more, words) => {
  expect(wrongIn(time(more))).toEqual([expect.stringMatching(words)]);
});

test.each([{ overage: 0 }, { overage: "YES" }, { overage: 1_000_000_000 }, {}])("%j is accepted", (more) =>
  expect(wrongIn(time(more))).toEqual([]),
);
