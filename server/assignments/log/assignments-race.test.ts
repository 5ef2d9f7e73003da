import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Patch } from "@/domain/assignments/assignment";
import { runCheck } from "@/server/maintenance/check";
import { store } from "@/server/store/store";
import { licenseWithKey, type TestCaller } from "@/server/testing/test-callers";
import { NOW, seats } from "@/server/testing/test-licenses";
import { startReplica } from "@/server/testing/test-replica";
import { storeKind, useStore } from "@/server/testing/test-store";
import { patchFor } from "@/server/testing/test-syncs";
import { syncAssignments } from "./assignments";

useStore();

afterAll(async () => {
  expect((await runCheck()).filter(({ broken }) => broken > 0)).toEqual([]);
});

const sync = async (caller: TestCaller, patches: Patch[]) =>
  (await syncAssignments({ caller, base: null, after: null, patches, now: NOW })).patches.slice(
    0,
    patches.length,
  );

const liveOf = (license: string) => store().db.assignment.count({ where: { license, deleted: null } });

test("the last seat goes to one of many who ask at once", async () => {
  const { number, call } = await licenseWithKey({ allotments: [seats("analyzer", 1)] });
  const asked = Array.from({ length: 30 }, (_, index) =>
    sync(call(), [patchFor(number, `acme\\user${index}`)]),
  );
  const rejections = (await Promise.all(asked)).flat().map(({ rejection }) => rejection);
  expect(rejections.filter((rejection) => rejection === "")).toHaveLength(1);
  expect(rejections.filter((rejection) => rejection === "NO_AVAILABLE_UNITS")).toHaveLength(29);
  expect(await liveOf(number)).toBe(1);
});

test.runIf(storeKind() === "postgresql")(
  "the last seat goes to one of many who ask three replicas at once",
  async () => {
    const { number, call } = await licenseWithKey({ allotments: [seats("analyzer", 7)] });
    const replicas = [1, 2, 3].map(() => startReplica(Array.from({ length: 15 }, () => call())));
    for (const { lines } of replicas) expect((await lines.next()).value).toBe("ready");
    for (const { child } of replicas) child.stdin.write("go\n");
    const told = await Promise.all(replicas.map(async ({ lines }) => (await lines.next()).value));
    const rejections = told.flatMap((line): string[] => JSON.parse(line ?? "[]"));
    expect(rejections).toHaveLength(45);
    expect(rejections.filter((rejection) => rejection === "")).toHaveLength(7);
    expect(await liveOf(number)).toBe(7);
  },
);

test("whatever deployments send at once, no seat is assigned twice and none is lost", async () => {
  const step = fc.record({
    subject: fc.nat({ max: 5 }),
    isDelete: fc.boolean(),
    life: fc.nat({ max: 2 }),
    source: fc.nat({ max: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { maxLength: 4 }), { maxLength: 10 }), async (requests) => {
      const { number, call } = await licenseWithKey({ allotments: [seats("analyzer", 3)] });
      const sources = ["one", "two", "three"];
      const answered = await Promise.all(
        requests.map((steps, index) => {
          const patches = steps.map(({ subject, isDelete, life }) =>
            patchFor(number, `acme\\user${subject}`, {
              created: new Date(NOW.getTime() + life).toISOString(),
              ...(isDelete ? { deleted: NOW.toISOString() } : {}),
            }),
          );
          return sync(call({ source: sources[index % 3] }), patches);
        }),
      );
      const live = await store().db.assignment.findMany({ where: { license: number, deleted: null } });
      expect(live.length).toBeLessThanOrEqual(3);
      const given = new Set(answered.flat().map(({ instance }) => instance));
      expect(live.filter(({ instance }) => !given.has(String(instance)))).toEqual([]);
    }),
    { numRuns: 15 },
  );
});
