import { expect, test } from "vitest";
import { isoDuration, publishedSession } from "./published-session";

test.each([
  [0, "PT0S"],
  [999, "PT0S"],
  [61_000, "PT1M1S"],
  [3_600_000, "PT1H"],
  [90_061_000, "PT25H1M1S"],
])("%i ms are %s", (ms, text) => expect(isoDuration(ms)).toBe(text));

const session = {
  ...{ id: "2026-08/mill/s1", session: "s1", allotment: "analyzer_time", app: "Sales", user: "acme\\bob" },
  ...{ start: new Date("2026-08-24T08:00:00Z"), end: new Date("2026-08-24T09:00:00Z"), minutes: 26 },
};

test("26 minutes in blocks of 6 are 5 units of capacity", () => {
  expect(publishedSession(session, { name: "Analyzer_Time", minimum: 6 })).toEqual({
    id: "2026-08/mill/s1",
    sessionId: "s1",
    userId: "acme\\bob",
    appId: "Sales",
    allotmentId: "Analyzer_Time",
    licenseUsage: "Analyzer_Time",
    endTime: "2026-08-24T09:00:00.000Z",
    duration: "PT1H",
    minutesUsed: 26,
    capacityUsed: 5,
  });
});

test("an anonymous session without an app names neither", () => {
  const told = publishedSession({ ...session, user: null, app: "" }, { name: "a", minimum: 1 });
  expect([Object.keys(told).includes("userId"), Object.keys(told).includes("appId")]).toEqual([false, false]);
});
