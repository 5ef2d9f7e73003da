import { expect, test } from "vitest";
import type { Principal } from "./gate";
import { overview } from "./overview";
import { makeLicense, NOW, OWNER } from "./test-licenses";
import { element, meteredLicense, month, report } from "./test-reports";
import { useStore } from "./test-store";

useStore();

test("the overview counts, orders and looks ahead within what one may see", async () => {
  const calm = await makeLicense({ valid: "./2026-12-31" });
  const busy = await meteredLicense({ customer: calm.customer.id });
  const other = await makeLicense({ valid: "./2026-08-30" });
  for (let daysAgo = 18; daysAgo >= 0; daysAgo -= 1)
    await report(busy.call({ source: "warsaw" }), [element(6)], at(daysAgo));
  const confined: Principal = { ...OWNER, role: "license-admin", customers: [calm.customer.id] };

  const all = await overview(OWNER, NOW);
  expect(all).toMatchObject({ licenses: 3, only: null, needy: 2 });
  expect(all.needs.map(({ row, need }) => [row.number, need.kind])).toEqual([
    [busy.number, "overage"],
    [other.number, "ending"],
  ]);
  const mine = await overview(confined, NOW);
  expect(mine).toMatchObject({ licenses: 2, needy: 1 });
  expect(mine.ends.filter(({ licenses }) => licenses > 0)).toEqual([{ month: "2026-12", licenses: 1 }]);
  expect(mine.cards.map(({ row }) => row.number)).toEqual([busy.number, calm.number]);
  const pool = mine.cards[0]?.pools.find((one) => one.pool.name === "analyzer_time");
  expect(pool?.days).toHaveLength(30);
  expect(pool?.days.at(-1)).toBeGreaterThan(0);
  expect(month).toBe("2026-08");
  const single = await overview({ ...OWNER, role: "license-admin", customers: [other.customer.id] }, NOW);
  expect(single.only).toBe(other.number);
});

function at(daysAgo: number): Date {
  return new Date(NOW.getTime() - daysAgo * 86_400_000);
}
