import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SYSTEM } from "@/server/access/actor";
import { store } from "@/server/store/store";
import { makeLicense, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { putDefinition } from "./license-definitions";

useStore();

const productsOf = async (license: string) => {
  const rows = await store().db.allotment.findMany({
    where: { licenseNumber: license },
    orderBy: { key: "asc" },
  });
  return Object.fromEntries(rows.map(({ name, products }) => [name, products]));
};

test("the migration gives each allotment the products of its last definition", async () => {
  const viewer = { ...seats("Viewer", 1), products: ["QV", "QCS"] };
  const dropped = { ...seats("dropped", 1), products: ["QV"] };
  const { number, definition } = await makeLicense({
    allotments: [
      seats("analyzer", 1),
      { ...viewer, name: "viewer" },
      dropped,
      { ...seats("opened", 1), products: ["QV"] },
    ],
  });
  const next = { ...definition, allotments: [seats("analyzer", 1), viewer, seats("opened", 1)] };
  await putDefinition(number, next, null, false, SYSTEM, NOW);
  const right = { analyzer: [], dropped: ["QV"], opened: [], Viewer: ["QV", "QCS"] };
  expect(await productsOf(number)).toEqual(right);
  await store().db.$executeRaw`UPDATE allotment SET products = DEFAULT`;
  await store().db.$executeRawUnsafe(backfill());
  expect(await productsOf(number)).toEqual(right);
});

/** The part of the migration after its new column. */
function backfill(): string {
  const folder = readdirSync("prisma/migrations").find((name) => name.endsWith("_allotment_products"));
  const sql = readFileSync(`prisma/migrations/${folder}/migration.sql`, "utf8");
  return sql.slice(sql.indexOf("UPDATE"));
}
