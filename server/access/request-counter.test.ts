import { afterEach, expect, test, vi } from "vitest";
import { store } from "@/server/store/store";
import { NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type RequestCounter, requestCounter } from "./request-counter";

useStore();
afterEach(() => void vi.restoreAllMocks());

const limit = { name: "reads", most: 100 } as const;
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);

function send(counter: RequestCounter, id: string, times: number, at = NOW): number {
  let used = 0;
  for (let time = 0; time < times; time += 1) ({ used } = counter.count(limit, id, at));
  return used;
}

test("two servers know each other's requests after an exchange, whoever exchanges more often", async () => {
  const [one, other] = [requestCounter(), requestCounter()];
  const id = crypto.randomUUID();
  expect([send(one, id, 60), send(other, id, 50)]).toEqual([60, 50]);
  await one.exchange(later(1));
  await other.exchange(later(1));
  expect([send(one, id, 1), send(other, id, 1)]).toEqual([61, 111]);
  for (let second = 2; second < 5; second += 1) await one.exchange(later(second));
  await other.exchange(later(5));
  send(one, id, 1);
  await one.exchange(later(6));
  expect([send(one, id, 1), send(other, id, 1)]).toEqual([114, 113]);
});

test("with the next window everything begins again, in the store too", async () => {
  const [one, other] = [requestCounter(), requestCounter()];
  const id = crypto.randomUUID();
  send(one, id, 90);
  await one.exchange(NOW);
  const next = later(300);
  expect(send(one, id, 10, next)).toBe(10);
  expect(send(other, id, 20, next)).toBe(20);
  await one.exchange(next);
  await other.exchange(next);
  expect(send(other, id, 1, next)).toBe(31);
});

test("a server whose clock is still in the last window changes nothing in the new one", async () => {
  const [slow, one, other] = [requestCounter(), requestCounter(), requestCounter()];
  const id = crypto.randomUUID();
  send(one, id, 10, later(300));
  await one.exchange(later(300));
  send(slow, id, 80, later(299));
  await slow.exchange(later(299));
  send(other, id, 5, later(300));
  await other.exchange(later(300));
  expect(send(other, id, 1, later(300))).toBe(16);
  expect(send(slow, id, 1, later(299))).toBe(81);
});

test("an exchange is one statement, for credentials near a limit only, and none without news", async () => {
  const counter = requestCounter();
  const query = vi.spyOn(store().sql, "query");
  const ids = Array.from({ length: 20 }, () => crypto.randomUUID());
  for (const id of ids) send(counter, id, 3);
  send(counter, "far below", 1);
  await counter.exchange(NOW);
  await counter.exchange(later(1));
  expect(query).toHaveBeenCalledTimes(1);
  expect(query.mock.calls[0]?.[1][0]).toEqual(ids.map((id) => `reads ${id}`).toReversed());
});

test("what the store doesn't confirm isn't sent twice, and counts on here", async () => {
  const [one, other] = [requestCounter(), requestCounter()];
  const id = crypto.randomUUID();
  send(one, id, 40);
  vi.spyOn(store().sql, "query").mockRejectedValueOnce(new Error("gone"));
  await expect(one.exchange(NOW)).rejects.toThrow("gone");
  expect(send(one, id, 1)).toBe(41);
  await one.exchange(later(1));
  send(other, id, 50);
  await other.exchange(later(1));
  expect(send(other, id, 1)).toBe(52);
});
