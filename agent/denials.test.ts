import { expect, test } from "vitest";
import { DAY } from "@/domain/month";
import { dueDenials, prunedDenials, withConfirmedDenials, withDenial } from "./denials";

const license = { number: "9999000000001253", settings: { subjectMatching: "folded" as const } };
const now = Date.parse("2026-03-10T08:20:00Z");
const empty = { license, offline: null, denials: new Map() };
const denied = (subjects: string[], from = empty) =>
  subjects.reduce((state, subject) => withDenial(state, { reason: "NOT_ASSIGNED", subject }, now), from);

test("beyond 10,000 users denials are counted without them", () => {
  const { denials: known } = denied(["user"]);
  const [user] = known.values();
  const others = Array.from({ length: 9_999 }, (_, nth) => [`${nth}`, user] as const);
  const full = { ...empty, denials: new Map([...known, ...others]) };
  const { denials } = denied(["more", "others", "user"], full);
  expect(denials.size).toBe(10_001);
  const counts = [...denials.values()].filter((each) => each?.count === 2);
  expect(counts.map((each) => each?.subject)).toEqual(["user", null]);
});

test("nothing is counted without a license, or without a network", () => {
  const about = { reason: "NO_LICENSE", subject: "bob" };
  expect(withDenial({ ...empty, license: null }, about, now).denials.size).toBe(0);
  expect(withDenial({ ...empty, offline: {} }, about, now).denials.size).toBe(0);
});

test("a denial is due until it is confirmed, and again when it grows", () => {
  const once = denied(["bob"]);
  const due = dueDenials(once.denials, license.number);
  const grown = denied(["bob"], once);
  const confirmed = withConfirmedDenials(grown.denials, due);
  expect([...dueDenials(confirmed, license.number).values()]).toMatchObject([{ count: 2, sent: 1 }]);
  const all = withConfirmedDenials(confirmed, dueDenials(confirmed, license.number));
  expect(dueDenials(all, license.number).size).toBe(0);
  expect(dueDenials(once.denials, "another").size).toBe(0);
});

test("confirmed denials are kept while their hour can grow, others for 40 days", () => {
  const { denials } = denied(["bob"]);
  const sent = withConfirmedDenials(denials, denials);
  expect(prunedDenials(sent, now + 30 * 60_000)).toBe(sent);
  expect(prunedDenials(sent, now + DAY / 24).size).toBe(0);
  expect(prunedDenials(denials, now + 39 * DAY)).toBe(denials);
  expect(prunedDenials(denials, now + 40 * DAY).size).toBe(0);
});
