import { expect, test } from "vitest";
import { store } from "@/server/store/store";
import { makeLicense, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { keepUp } from "./upkeep";

useStore();

async function figures() {
  const [row] = await store().db.$queryRaw<{ dead: bigint; rows: number }[]>`
    SELECT n_dead_tup AS dead, c.reltuples::int AS rows FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
    WHERE s.relname = 'allotment'`;
  return { dead: Number(row?.dead), rows: row?.rows };
}

test("dead rows of the embedded store are removed, and its planner learns how many rows there are", async ({
  skip,
}) => {
  if (store().kind !== "embedded") return skip();
  const allotments = Array.from({ length: 100 }, (_, nth) => seats(`seats${nth}`, 1));
  await makeLicense({ allotments });
  await keepUp();
  expect((await figures()).rows).toBe(100);
  await store().db.$executeRaw`UPDATE allotment SET live = 0`;
  await expect.poll(async () => (await figures()).dead).toBeGreaterThanOrEqual(100);
  await keepUp();
  expect(await figures()).toEqual({ dead: 0, rows: 100 });
});
