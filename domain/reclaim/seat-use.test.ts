import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, DAY } from "@/domain/month";
import { type KnownUse, seatUse } from "./seat-use";

const NOW = new Date("2026-11-30T10:00:00Z");
const TERMS = { idleDays: 90, graceDays: 30, leaseDays: 14 };
const ago = (days: number) => addDays("2026-11-30", -days);
const heardAgo = (days: number) => new Date(NOW.getTime() - days * DAY);

const known = (facts: Partial<KnownUse>): KnownUse => ({
  received: ago(400),
  lastUsed: null,
  restored: null,
  heard: NOW,
  ...facts,
});

test.each<[string, Partial<KnownUse>, ReturnType<typeof seatUse>]>([
  ["a seat that was never used", {}, { due: "never-used" }],
  ["a seat that was used long ago", { lastUsed: ago(90) }, { due: "idle" }],
  ["a seat that was used 89 days ago", { lastUsed: ago(89) }, { kept: "used" }],
  ["a seat that was used today", { lastUsed: ago(0) }, { kept: "used" }],
  ["a seat that is 29 days old", { received: ago(29) }, { kept: "new" }],
  ["a seat that is 30 days old and was never used", { received: ago(30) }, { due: "never-used" }],
  ["a new seat that was used long before", { received: ago(10), lastUsed: ago(200) }, { kept: "new" }],
  ["a seat whose use nobody reports", { heard: null }, { kept: "unreported" }],
  ["a new seat whose use nobody reports", { heard: null, received: ago(1) }, { kept: "unreported" }],
  ["a seat that was restored 29 days ago", { restored: ago(29) }, { kept: "used" }],
  ["a seat that was restored 30 days ago", { restored: ago(30) }, { due: "never-used" }],
  ["a used seat that was restored", { lastUsed: ago(200), restored: ago(60) }, { kept: "used" }],
  ["a deployment that synced yesterday", { heard: heardAgo(1) }, { due: "never-used" }],
  ["a deployment that is silent for two days", { heard: heardAgo(2) }, { kept: "silent" }],
  [
    "a lease that ended after the days began",
    { lastUsed: ago(300), heard: heardAgo(103) },
    { kept: "silent" },
  ],
  ["a lease that ended before the days began", { lastUsed: ago(300), heard: heardAgo(104) }, { due: "idle" }],
  ["a silent deployment and a recent use", { lastUsed: ago(5), heard: heardAgo(3) }, { kept: "used" }],
])("%s", (_name, facts, expected) => {
  expect(seatUse(known(facts), TERMS, NOW)).toEqual(expected);
});

const day = fc.integer({ min: 0, max: 800 }).map(ago);
const facts = fc.record({
  received: day,
  lastUsed: fc.option(day),
  restored: fc.option(day),
  heard: fc.option(fc.integer({ min: 0, max: 800 }).map(heardAgo)),
});
const terms = fc.record({
  idleDays: fc.integer({ min: 7, max: 730 }),
  graceDays: fc.integer({ min: 1, max: 365 }),
  leaseDays: fc.integer({ min: 1, max: 60 }),
});

test("a seat that is due was not used, added or restored within its days, whatever the rule", () => {
  fc.assert(
    fc.property(facts, terms, (seat, rule) => {
      const use = seatUse(seat, rule, NOW);
      if ("kept" in use) return;
      const days = use.due === "idle" ? rule.idleDays : rule.graceDays;
      expect(use.due === "never-used").toBe(seat.lastUsed === null);
      expect(seat.heard).not.toBeNull();
      expect(seat.received <= ago(rule.graceDays)).toBe(true);
      for (const at of [seat.lastUsed, seat.restored]) expect(at === null || at <= ago(days)).toBe(true);
    }),
  );
});

test("later use, more days and a longer lease never make a kept seat due", () => {
  fc.assert(
    fc.property(facts, terms, fc.nat(300), (seat, rule, more) => {
      if ("due" in seatUse(seat, rule, NOW)) return;
      const { lastUsed } = seat;
      const later = lastUsed === null ? null : [addDays(lastUsed, more), ago(0)].sort()[0];
      const stays = (one: KnownUse, under: typeof rule) =>
        expect(seatUse(one, under, NOW)).toHaveProperty("kept");
      stays({ ...seat, lastUsed: later ?? null }, rule);
      stays(seat, { ...rule, idleDays: rule.idleDays + more, graceDays: rule.graceDays + more });
      stays(seat, { ...rule, leaseDays: rule.leaseDays + more });
    }),
  );
});
