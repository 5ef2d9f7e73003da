import { expect, test } from "vitest";
import { createCustomer, renameCustomer } from "@/server/licenses/customers";
import { putDefinition } from "@/server/licenses/license-definitions";
import { store } from "@/server/store/store";
import { makeLicense, NOW, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { SYSTEM } from "./actor";

useStore();

const refusedAt = (pointer: string) => ({ code: "INVALID_BODY", faults: [{ pointer }] });

test("a new customer can't have a look-alike name, and an existing name stays", async () => {
  const id = crypto.randomUUID();
  const name = `Ac\u200bme ${id}`;
  await expect(createCustomer(name, SYSTEM, NOW)).rejects.toMatchObject(refusedAt("/name"));
  await expect(makeLicense({ customer: `Acme  ${id}` })).rejects.toMatchObject(refusedAt("/customer"));
  const known = await createCustomer(`Acme ${id}`, SYSTEM, NOW);
  await expect(renameCustomer(known.id, `Acme\u202e ${id}`, SYSTEM, NOW)).rejects.toMatchObject(
    refusedAt("/name"),
  );
  const old = { id, name, nameKey: name.toLowerCase(), createdAt: NOW };
  await store().db.customer.create({ data: old });
  expect((await makeLicense({ customer: name })).customer).toEqual({ id, name });
});

test("a new allotment can't have a look-alike name, and an existing name stays", async () => {
  await expect(makeLicense({ allotments: [seats("ana\u00adlyzer", 1)] })).rejects.toMatchObject(
    refusedAt("/allotments/0/name"),
  );
  const { number, definition } = await makeLicense();
  const put = (...names: string[]) => {
    const allotments = names.map((name) => seats(name, 1));
    return putDefinition(number, { ...definition, allotments }, null, false, SYSTEM, NOW);
  };
  await expect(put("analyzer", "ana\u00adlyzer")).rejects.toMatchObject(refusedAt("/allotments/1/name"));
  await store().db.allotment.create({
    data: { licenseNumber: number, key: "ana\u00adlyzer", name: "ana\u00adlyzer", class: "assigned" },
  });
  expect((await put("analyzer", "ana\u00adlyzer")).excess).toEqual([]);
});
