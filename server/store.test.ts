import { expect, test } from "vitest";
import { store } from "./store";
import { storeKind, useStore } from "./test-store";

useStore();

test("both ways to the store read what the other wrote", async () => {
  expect(store().kind).toBe(storeKind());
  await store().db.rateLimit.create({ data: { id: "a", key: "b", count: 2, lastRequest: 3n } });
  const rows = await store().sql.query(
    { name: "test_read", text: "SELECT count FROM rate_limit WHERE key = $1" },
    ["b"],
  );
  expect(rows).toEqual([{ count: 2 }]);
});
