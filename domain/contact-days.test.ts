import { expect, test } from "vitest";
import { CONTACT_DAYS, contactDays } from "./contact-days";

const now = new Date("2026-03-01T00:00:00Z");
const marks = (contacts: number, lastSeen: string) =>
  contactDays(contacts, new Date(lastSeen), now)
    .map(({ called }) => (called === null ? "?" : called ? "x" : "."))
    .join("");

test.each([
  ["its first day", 0b11, "2026-03-01T00:00:00Z", "?????????????x"],
  ["three days, one of them missed", 0b1101, "2026-03-01T00:00:00Z", "???????????x.x"],
  ["every day", 0x7fff, "2026-03-01T00:00:00Z", "xxxxxxxxxxxxxx"],
  ["not yet today", 0x7fff, "2026-02-28T23:59:59Z", "xxxxxxxxxxxxx."],
  ["silent for longer than is told of", 0x7fff, "2026-01-01T00:00:00Z", ".............."],
  ["a last call ahead of our clock", 0b11, "2026-03-02T00:00:00Z", "?????????????x"],
])("%s", (_, contacts, lastSeen, expected) => expect(marks(contacts, lastSeen)).toBe(expected));

test("the days are whole days in UTC and end with today", () => {
  const days = contactDays(0b11, now, now).map(({ day }) => day);
  expect(days).toHaveLength(CONTACT_DAYS);
  expect([days[0], days.at(-2), days.at(-1)]).toEqual(["2026-02-16", "2026-02-28", "2026-03-01"]);
});
