import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetReadings, sharedReading } from "./shared-readings";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  forgetReadings();
  vi.useRealTimers();
});

/** A reading that takes some milliseconds, and how often it was done. */
function reading(ms: number) {
  const read = vi.fn(async () => {
    await new Promise((done) => setTimeout(done, ms));
    return read.mock.calls.length;
  });
  return read;
}

test.each([
  [100, 2000],
  [5000, 15_000],
])("who asks while it is read for %i ms, or within %i ms after, shares it", async (ms, after) => {
  const read = reading(ms);
  const first = Promise.all([1, 2, 3].map(() => sharedReading("all", read)));
  await vi.advanceTimersByTimeAsync(ms);
  expect(await first).toEqual([1, 1, 1]);
  await vi.advanceTimersByTimeAsync(after - 1);
  expect(await sharedReading("all", read)).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  const next = sharedReading("all", read);
  await vi.advanceTimersByTimeAsync(ms);
  expect(await next).toBe(2);
});

test("each scope has a reading of its own, and none is kept after a change or a failure", async () => {
  const read = vi.fn(async () => read.mock.calls.length);
  expect(await sharedReading("all", read)).toBe(1);
  expect(await sharedReading("some", read)).toBe(2);
  forgetReadings();
  expect(await sharedReading("all", read)).toBe(3);
  forgetReadings();
  await expect(sharedReading("all", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await sharedReading("all", read)).toBe(4);
});

test("a reading that was begun before a change isn't kept when it ends", async () => {
  const read = reading(1000);
  const before = sharedReading("all", read);
  forgetReadings();
  const after = sharedReading("all", read);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await Promise.all([before, after])).toEqual([2, 2]);
  expect(read).toHaveBeenCalledTimes(2);
});
