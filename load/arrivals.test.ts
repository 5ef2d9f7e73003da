import { expect, test } from "vitest";
import { seeded } from "@/server/sample/random";
import { startArrivals } from "./arrivals";

test("requests start as planned while earlier ones are open, and the end waits for all of them", async () => {
  const { promise: released, done: release } = promise();
  const { promise: enough, done } = promise();
  const planned: number[] = [];
  let ended = 0;
  const arrivals = startArrivals(10_000, seeded(1), async (moment) => {
    if (planned.push(moment) === 100) done();
    await released;
    ended += 1;
  });
  await enough;
  const stopped = arrivals.stop();
  expect(ended).toBe(0);
  release();
  await stopped;
  expect(ended).toBe(planned.length);
  expect(planned.toSorted((a, b) => a - b)).toEqual(planned);
});

test("the first failure ends the load, and is its result", async () => {
  const arrivals = startArrivals(10_000, seeded(1), () => Promise.reject(new Error("refused")));
  await expect(arrivals.ended).rejects.toThrow("refused");
  await expect(arrivals.stop()).rejects.toThrow("refused");
});

function promise() {
  let done = () => {};
  const pending = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise: pending, done };
}
