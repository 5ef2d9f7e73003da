import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays } from "@/domain/month";
import { reclaimPlan, type SeatGroup } from "./reclaim-plan";

const NOW = new Date("2026-11-30T10:00:00Z");
const TERMS = { idleDays: 90, graceDays: 30, leaseDays: 14, most: 2 };
const ago = (days: number) => addDays("2026-11-30", -days);
const nobody = () => false;

const group = (facts: Partial<SeatGroup>): SeatGroup => ({
  ...{ received: ago(400), lastUsed: null, restored: null, heard: NOW, instances: ["1"] },
  ...facts,
});

test("the longest quiet come first, the cap leaves the rest for later, and kept seats are counted by reason", () => {
  const groups = [
    group({ lastUsed: ago(100), instances: ["7", "3"] }),
    group({ lastUsed: ago(200), instances: ["9", "4"] }),
    group({ lastUsed: ago(1), instances: ["5"] }),
    group({ received: ago(2), instances: ["6"] }),
    group({ heard: null, instances: ["8", "2"] }),
  ];
  expect(reclaimPlan(groups, TERMS, (instance) => instance === "9", NOW)).toEqual({
    due: [
      { instance: "4", reason: "idle", since: ago(200), lastUsed: ago(200) },
      { instance: "3", reason: "idle", since: ago(100), lastUsed: ago(100) },
    ],
    later: 1,
    kept: { unreported: 2, new: 1, used: 1, silent: 0, exempt: 1 },
  });
});

test("every seat is due, due later, or kept for one reason; a run is never above its cap", () => {
  const day = fc.integer({ min: 0, max: 500 }).map(ago);
  const facts = fc.record({
    received: day,
    lastUsed: fc.option(day),
    restored: fc.option(day),
    heard: fc.constantFrom(null, NOW, new Date(NOW.getTime() - 40 * 86_400_000)),
    count: fc.integer({ min: 1, max: 5 }),
  });
  fc.assert(
    fc.property(fc.array(facts, { maxLength: 20 }), fc.integer({ min: 1, max: 9 }), (rows, most) => {
      const groups = rows.map(({ count, ...known }, at) => ({
        ...known,
        instances: Array.from({ length: count }, (_, index) => String(at * 10 + index)),
      }));
      const isExempt = (instance: string) => instance.endsWith("3");
      const { due, later, kept } = reclaimPlan(groups, { ...TERMS, most }, isExempt, NOW);
      const all = groups.reduce((sum, { instances }) => sum + instances.length, 0);
      expect(due.length + later + Object.values(kept).reduce((sum, count) => sum + count, 0)).toBe(all);
      expect(due.length).toBeLessThanOrEqual(most);
      expect(later === 0 || due.length === most).toBe(true);
      expect(due.some(({ instance }) => isExempt(instance))).toBe(false);
      expect(due.map(({ since }) => since)).toEqual(due.map(({ since }) => since).toSorted());
    }),
  );
  expect(reclaimPlan([], TERMS, nobody, NOW).due).toEqual([]);
});
