import { beforeAll, expect, test, vi } from "vitest";
import { activate } from "@/server/deployments/activations";
import { keyOf } from "@/server/testing/test-callers";
import { makeLicense, NOW } from "@/server/testing/test-licenses";
import { useStore } from "@/server/testing/test-store";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let owner: Client;
beforeAll(async () => {
  owner = await clientAs({ role: "owner" });
});

/** A license, the address of its offers and requests, and a QV deployment that requests dual use. */
async function offered() {
  const { number } = await makeLicense();
  const [offers, requests] = ["offers", "requests"].map((noun) => `/licenses/${number}/dual-use-${noun}`);
  if (!offers || !requests) throw new Error("There are no addresses.");
  const call = await keyOf(number);
  const ask = async () => {
    await activate(call({ product: "QV" }), "Initial", NOW).catch(() => {});
    return (await owner("GET", `${requests}?state=waiting`)).body.items[0]?.id;
  };
  return { offers, requests, ask };
}

test("an offer is created, changed and withdrawn, and each response shows it", async () => {
  const { offers } = await offered();
  const made = await owner("POST", offers, {});
  expect(made.status).toBe(201);
  const { id } = made.body;
  expect(made.body).toMatchObject({
    ...{ products: ["QV"], deployments: null, until: null, note: "" },
    ...{ state: "open", ended: false, accepted: 0 },
  });
  const change = { deployments: 3, until: "2999-12-31", note: "Order 4711" };
  const read = await owner("GET", `${offers}/${id}`);
  expect([read.body, read.headers.get("ETag")]).toEqual([made.body, made.headers.get("ETag")]);
  const seen = { "If-Match": String(read.headers.get("ETag")) };
  const changed = await owner("PATCH", `${offers}/${id}`, change, seen);
  expect(changed.body).toMatchObject({ id, ...change });
  const over = await owner("PATCH", `${offers}/${id}`, { note: "Order 4712" }, seen);
  expect([over.status, over.body.code, over.headers.get("ETag")]).toEqual([
    412,
    "VERSION_MISMATCH",
    changed.headers.get("ETag"),
  ]);
  expect((await owner("DELETE", `${offers}/${id}`)).status).toBe(204);
  expect((await owner("DELETE", `${offers}/${id}`)).status).toBe(204);
  expect((await owner("GET", offers)).body).toMatchObject({
    items: [{ id, state: "withdrawn" }],
    cursor: null,
  });
  const late = await owner("PATCH", `${offers}/${id}`, change);
  expect([late.status, late.body.code]).toEqual([409, "OFFER_ENDED"]);
});

test.each([
  [{ products: [] }, "/products"],
  [{ products: ["Q V"] }, "/products/0"],
  [{ products: "QV" }, "/products"],
  [{ products: ["QV", "QSEfE"] }, "/products/1"],
  [{ deployments: 0 }, "/deployments"],
  [{ deployments: 1.5 }, "/deployments"],
  [{ deployments: 10_001 }, "/deployments"],
  [{ until: "31.12.2026" }, "/until"],
  [{ until: "2026-02-30" }, "/until"],
  [{ until: "2000-01-01" }, "/until"],
  [{ note: "two\nlines" }, "/note"],
  [{ state: "open" }, ""],
])("an offer of %j is refused at %s, and none is created", async (wrong, pointer) => {
  const { offers } = await offered();
  const { status, body } = await owner("POST", offers, wrong);
  expect([status, body.code, body.errors[0].pointer]).toEqual([422, "INVALID_BODY", pointer]);
  expect((await owner("GET", offers)).body.items).toEqual([]);
});

test("offers and requests are listed page by page, waiting requests first", async () => {
  const { offers, requests, ask } = await offered();
  for (const note of ["1", "2", "3"]) await owner("POST", offers, { note });
  const decided = [await ask(), await ask(), await ask(), await ask()];
  await owner("POST", `${requests}/${decided[3]}/reject`, { reason: "No room." });
  await owner("POST", `${requests}/${decided[1]}/accept`);
  await owner("POST", `${requests}/${decided[2]}/accept`);
  const pages = async (path: string, cursor?: string): Promise<string[][]> => {
    const { body } = await owner("GET", `${path}?limit=2${cursor ? `&cursor=${cursor}` : ""}`);
    const page = body.items.map(({ note, state }: { note?: string; state: string }) => note ?? state);
    return [page, ...(body.cursor ? await pages(path, body.cursor) : [])];
  };
  expect(await pages(offers)).toEqual([["3", "2"], ["1"]]);
  expect(await pages(requests)).toEqual([
    ["waiting", "accepted"],
    ["accepted", "rejected"],
  ]);
  const { cursor } = (await owner("GET", `${requests}?limit=2`)).body;
  for (const other of [`${requests}?state=accepted&cursor=${cursor}`, `${offers}?cursor=${cursor}`])
    expect((await owner("GET", other)).body.code).toBe("INVALID_CURSOR");
});

test("a request is rejected with a reason, accepted, and withdrawn", async () => {
  const { offers, requests, ask } = await offered();
  await owner("POST", offers, { deployments: 1 });
  const id = await ask();
  const decide = async (decision: string, body?: object) => {
    const { status, body: response } = await owner("POST", `${requests}/${id}/${decision}`, body);
    return [status, response.state ?? response.code];
  };
  const { status, body } = await owner("POST", `${requests}/${id}/reject`, {});
  expect([status, body.detail]).toEqual([422, "reason is required."]);
  expect(body.errors).toEqual([{ code: "INVALID_TYPE", title: "reason is required.", pointer: "/reason" }]);
  expect(await decide("reject", { reason: " " })).toEqual([422, "INVALID_BODY"]);
  expect(await decide("withdraw")).toEqual([409, "CHANGED_MEANWHILE"]);
  expect(await decide("reject", { reason: "No room." })).toEqual([200, "rejected"]);
  expect(await decide("accept")).toEqual([200, "accepted"]);
  expect(await decide("accept")).toEqual([200, "accepted"]);
  expect(await decide("reject", { reason: "No room." })).toEqual([409, "CHANGED_MEANWHILE"]);
  const other = await ask();
  const full = await owner("POST", `${requests}/${other}/accept`);
  expect([full.status, full.body.code]).toEqual([409, "OFFER_FULL"]);
  expect(await decide("withdraw")).toEqual([200, "withdrawn"]);
  expect((await owner("POST", `${requests}/${other}/accept`)).body).toMatchObject({ state: "accepted" });
  expect((await owner("GET", `${requests}?state=asleep`)).body.code).toBe("INVALID_QUERY");
});
