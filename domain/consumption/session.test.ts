import { expect, test } from "vitest";
import { firstKeptMonth, readSessions } from "./session";

const now = new Date("2026-08-24T10:00:00Z");
const at = { month: "2026-08", first: "2025-07", now };
const good = {
  id: "s1",
  subject: "acme\\bob",
  app: "Sales",
  start: "2026-08-24T08:00:00Z",
  end: "2026-08-24T09:00:00Z",
  minutes: 42,
};

test("a session is read with its times, and without subject and app it is anonymous", () => {
  const read = { start: new Date(good.start), end: new Date(good.end), minutes: 42 };
  expect(readSessions([good, { ...good, id: 7, subject: "", app: null }], at)).toEqual({
    sessions: [
      { id: "s1", subject: "acme\\bob", app: "Sales", ...read },
      { id: "7", subject: null, app: "", ...read },
    ],
    errors: [],
  });
});

test.each([
  ["INVALID_SESSION", "text", undefined],
  ["INVALID_ID", { ...good, id: "" }, ""],
  ["INVALID_ID", { ...good, id: true }, "true"],
  ["INVALID_SUBJECT", { ...good, subject: "a\u0000b" }, "s1"],
  ["INVALID_SUBJECT", { ...good, subject: 7 }, "s1"],
  ["INVALID_APP", { ...good, app: "x".repeat(201) }, "s1"],
  ["INVALID_TIME", { ...good, start: "2026-08-24" }, "s1"],
  ["INVALID_TIME", { ...good, end: "2026-08-24T07:59:59Z" }, "s1"],
  ["INVALID_TIME", { ...good, end: "2026-08-25T10:00:01Z" }, "s1"],
  ["INVALID_MINUTES", { ...good, minutes: 1.5 }, "s1"],
  ["INVALID_MINUTES", { ...good, minutes: -1 }, "s1"],
  ["INVALID_MINUTES", { ...good, minutes: "42" }, "s1"],
] as const)("a bad session is left out as %s, and the others stay: %j", (code, bad, id) => {
  const { sessions, errors } = readSessions([bad, good], at);
  expect(sessions.map((session) => session.id)).toEqual(["s1"]);
  expect(errors).toEqual([{ id, code, detail: expect.stringMatching(/\.$/) }]);
});

test("what isn't an array is one error, and a month that isn't kept makes each session one", () => {
  expect(readSessions({}, at).errors).toMatchObject([{ code: "INVALID_SESSION" }]);
  expect(readSessions([good], { ...at, month: "2025-06" })).toEqual({
    sessions: [],
    errors: [{ id: "s1", code: "SESSION_TOO_OLD", detail: expect.any(String) }],
  });
});

test("thirteen months are kept after a session's own", () => {
  expect(firstKeptMonth(now, 13)).toBe("2025-07");
  expect(firstKeptMonth(now, 1)).toBe("2026-07");
});
