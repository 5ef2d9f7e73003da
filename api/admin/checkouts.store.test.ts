import { expect, test, vi } from "vitest";
import { makeLicense, minutes, seats } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const allotments = [seats("professional", 10), minutes("analyzer_time", 100, 0)];
const share = (units: unknown, allotment: unknown = "professional") => ({ allotment, units });

async function licensed() {
  const { number, product } = await makeLicense({ allotments });
  const owner = await clientAs({ role: "owner" });
  return { number, product, owner, path: `/licenses/${number}/checkouts` };
}

test("a signed definition is issued, listed, downloaded again and returned", async () => {
  const { number, product, owner, path } = await licensed();
  const made = await owner("POST", path, { product, label: "Mill 1", days: 30, shares: [share(4)] });
  const { id, sld, expires } = made.body;
  expect(made.status).toBe(201);
  expect(made.headers.get("location")).toBe(`/api/v1/admin/checkouts/${id}`);
  expect(made.headers.get("cache-control")).toBe("no-store");
  const again = await owner("GET", `/checkouts/${id}`);
  expect([again.status, again.body]).toEqual([200, { id, sld, expires }]);
  expect(again.headers.get("cache-control")).toBe("no-store");
  const { items } = (await owner("GET", path)).body;
  expect(items).toMatchObject([{ id, license: number, label: "Mill 1", state: "out", shares: [share(4)] }]);
  expect(items[0].source).toMatch(/^[0-9a-f-]{36}$/);
  expect((await owner("POST", `/checkouts/${id}/return`, { reason: "back" })).status).toBe(204);
  expect((await owner("GET", `/checkouts/${id}`)).body.code).toBe("CHECKOUT_OVER");
  expect((await owner("GET", path)).body.items).toMatchObject([
    { state: "returned", returnedReason: "back" },
  ]);
});

test("signed definitions are listed page by page", async () => {
  const { product, owner, path } = await licensed();
  for (const label of ["1", "2", "3"]) await owner("POST", path, { product, label });
  const labels = ({ items }: { items: { label: string }[] }) => items.map(({ label }) => label);
  const first = (await owner("GET", `${path}?limit=2`)).body;
  expect(first.items).toHaveLength(2);
  const rest = (await owner("GET", `${path}?limit=2&cursor=${first.cursor}`)).body;
  expect([...labels(first), ...labels(rest)].toSorted()).toEqual(["1", "2", "3"]);
  expect(rest.cursor).toBeNull();
  expect((await owner("GET", `${path}?cursor=x`)).body.code).toBe("INVALID_CURSOR");
});

test("a share that isn't free now is a conflict, and the settings limit the open checkouts", async () => {
  const { number, product, owner, path } = await licensed();
  const seatsAsked = await owner("POST", path, { product, shares: [share(11)] });
  expect([seatsAsked.status, seatsAsked.body.code]).toEqual([409, "NO_AVAILABLE_UNITS"]);
  const asked = await owner("POST", path, { product, shares: [share(101, "analyzer_time")] });
  expect([asked.status, asked.body.code]).toEqual([409, "NO_AVAILABLE_UNITS"]);
  const settings = { maxCheckouts: 0, offlineDays: 10 };
  expect((await owner("PATCH", `/licenses/${number}`, { settings })).body.settings).toMatchObject(settings);
  const most = await owner("POST", path, { product });
  expect([most.status, most.body.code]).toEqual([403, "TOO_MANY_CHECKOUTS"]);
  const other = await owner("POST", path, { product: "QV" });
  expect([other.status, other.body.code]).toEqual([403, "PRODUCT_NOT_LICENSED"]);
  expect((await owner("GET", path)).body.items).toEqual([]);
});

test.each([
  ["/days", { days: 0 }],
  ["/days", { days: 1101 }],
  ["/days", { days: 91 }],
  ["/shares", { shares: [] }],
  ["/shares/0/units", { shares: [share(0)] }],
  ["/shares/0/units", { shares: [share("5")] }],
  ["/shares/0/allotment", { shares: [share(1, "viewer")] }],
  ["/shares/1/allotment", { shares: [share(1), share(1, "Professional")] }],
  ["", { seats: 5 }],
  ["/label", { label: "a\u202eb" }],
])("a wrong value is reported with its pointer: %s", async (pointer, wanted) => {
  const { product, owner, path } = await licensed();
  const { status, body } = await owner("POST", path, { product, ...wanted });
  expect([status, body.code, body.errors[0].pointer]).toEqual([422, "INVALID_BODY", pointer]);
});
