import { expect, test, vi } from "vitest";
import { beginEpoch } from "@/server/restores/restores";
import { boundedLicense, runOf } from "@/server/testing/test-leases";
import { NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const MONTH = "month=2026-08";

test("reserved minutes are listed, released, and missing from what is reserved", async () => {
  const owner = await clientAs({ role: "owner" });
  const { number, call } = await boundedLicense();
  const [one, other] = [runOf(call()), runOf(call())];
  for (const run of [one, other]) await run.ask(60);
  const path = `/licenses/${number}/leases`;
  const { body } = await owner("GET", `${path}?${MONTH}&allotment=Analyzer_Time&limit=1`);
  expect(body.items).toMatchObject([
    { allotment: "analyzer_time", month: "2026-08", granted: 60, booked: 0, reserved: 60, state: "open" },
  ]);
  const next = await owner("GET", `${path}?${MONTH}&allotment=Analyzer_Time&limit=1&cursor=${body.cursor}`);
  const sources = [body, next.body].map(({ items }) => items[0].source);
  expect(sources.toSorted()).toEqual([one.caller.source, other.caller.source].toSorted());
  expect((await owner("GET", `${path}?month=2026-07`)).body.items).toEqual([]);

  const release = `${path}/${one.lease?.lease}/release`;
  const answer = { minutes: 60, warning: expect.stringContaining("60 above its cap") };
  expect((await owner("POST", `${release}?dryRun=true`, { reason: "lost" })).body).toEqual(answer);
  expect((await owner("POST", release, { reason: "lost" })).body).toEqual(answer);
  expect((await owner("POST", release, { reason: "" })).status).toBe(422);
  const usage = await owner("GET", `/licenses/${number}/usage?${MONTH}`);
  expect(usage.body.allotments[0]).toMatchObject({ reserved: 60, unleased: 0, capSoFar: 300, free: 240 });
});

test("a hold is shown with the usage until an owner ends it", async () => {
  const owner = await clientAs({ role: "owner" });
  const { number } = await boundedLicense();
  const hold = async () => (await owner("GET", `/licenses/${number}/usage?${MONTH}`)).body.allotments[0].hold;
  expect(await hold()).toBeUndefined();
  await beginEpoch(NOW);
  expect(await hold()).toBe("2026-08-24T22:00:00.000Z");
  expect((await owner("POST", `/licenses/${number}/leases/end-hold`, { reason: "checked" })).status).toBe(
    204,
  );
  expect(await hold()).toBeUndefined();
});
