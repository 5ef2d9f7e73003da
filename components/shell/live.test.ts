import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, expect, test } from "vitest";
import { UnreadableResponse } from "./ask";
import { hasFailed, isSignedOut, live, liveFailureOf } from "./live";

const client = new QueryClient({ defaultOptions: { queries: { networkMode: "always" } } });
const watchers: (() => void)[] = [];

afterEach(() => {
  for (const leave of watchers.splice(0)) leave();
  client.clear();
});

/** An observed query, last read at `since`, whose next read has the given result. */
async function looked(error: Error | null, since?: number, options: object = live(60_000)): Promise<void> {
  const observer = new QueryObserver(client, {
    queryKey: [crypto.randomUUID()],
    queryFn: () => (error ? Promise.reject(error) : Promise.resolve("new")),
    initialData: since === undefined ? undefined : "old",
    initialDataUpdatedAt: since,
    retry: false,
    ...options,
  });
  watchers.push(observer.subscribe(() => {}));
  await observer.refetch();
}

const failed = () => client.getQueryCache().getAll().filter(hasFailed);

test("what was read is no trouble, nor what is not live", async () => {
  await looked(null, 1000);
  await looked(new UnreadableResponse(503), 1000, {});
  expect(liveFailureOf(failed())).toBeNull();
});

test.each([
  [[new UnreadableResponse(500)], "read"],
  [[new UnreadableResponse(500), new UnreadableResponse(503)], "store"],
  [[new UnreadableResponse(503), new UnreadableResponse(502)], "server"],
  [[new UnreadableResponse(500), new TypeError("Failed to fetch")], "server"],
] as const)("of %o it tells the worst", async (errors, why) => {
  for (const error of errors) await looked(error, 1000);
  expect(liveFailureOf(failed())?.why).toBe(why);
});

test("the numbers are as old as the oldest of them, and of no time where there are none", async () => {
  await looked(new UnreadableResponse(503));
  expect(liveFailureOf(failed())?.since).toBeNull();
  await looked(new UnreadableResponse(503), 5000);
  await looked(new UnreadableResponse(503), 3000);
  await looked(null, 1000);
  expect(liveFailureOf(failed())?.since).toBe(3000);
});

test("a session that ended is told apart", async () => {
  await looked(new UnreadableResponse(401), 1000);
  await looked(new UnreadableResponse(403), 1000);
  expect(failed().map(isSignedOut)).toEqual([true, false]);
});
