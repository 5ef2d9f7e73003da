import { expect, test } from "vitest";
import { mapInBatches } from "./in-batches";

const numbers = Array.from({ length: 1200 }, (_, n) => n);

test("maps all items in order, and others get a turn before the last", async () => {
  const order: string[] = [];
  setImmediate(() => order.push("other"));
  const results = await mapInBatches(numbers, (n) => {
    if (n === 1199) order.push("last");
    return n + 1;
  });
  expect(results).toEqual(numbers.map((n) => n + 1));
  expect(order).toEqual(["other", "last"]);
});

test("few items wait for nobody", async () => {
  let hadTurn = false;
  setImmediate(() => {
    hadTurn = true;
  });
  await mapInBatches([1, 2, 3], (n) => n);
  expect(hadTurn).toBe(false);
});
