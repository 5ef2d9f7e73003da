import { beforeAll, expect, test, vi } from "vitest";
import { useStore } from "@/server/testing/test-store";
import { type Client, clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

let owner: Client;
beforeAll(async () => {
  owner = await clientAs({ role: "owner" });
});

const definition = {
  ...{ product: "QSEfW", valid: "2026-01-01/2026-12-31" },
  allotments: [{ name: "analyzer", usage: { class: "assigned" }, units: [{ count: 40 }] }],
};
const send = (file: string, query = "") =>
  owner("POST", `/bulk-creations${query}`, file, { "Content-Type": "text/csv" });

test("a template is saved, used by the rows of a file, and removed", async () => {
  const name = `Bank ${crypto.randomUUID()}`;
  const saved = await owner("POST", "/license-templates", { name, definition });
  expect(saved).toMatchObject({ status: 200, body: { name, template: { period: { months: 12 } } } });
  const { id } = saved.body;
  const again = await owner("POST", "/license-templates", { name: name.toUpperCase(), definition });
  expect(again).toMatchObject({ status: 200, body: { id, name: name.toUpperCase() } });
  const { items } = (await owner("GET", "/license-templates")).body;
  expect(items).toContainEqual(again.body);

  const file = `customer,template,analyzer,contact\n${name},${name},7,Ana Ruiz\n${name},Gold,,\n`;
  const plan = await send(file, "?dryRun=true");
  expect(plan).toMatchObject({ status: 200, body: { rows: 2, creates: 1, refused: 1, already: 0 } });
  expect(plan.body.refusals).toMatchObject([{ row: 3, why: expect.stringContaining("“Gold”") }]);
  const [{ number }] = plan.body.licenses;
  expect((await owner("GET", `/licenses/${number}`)).status).toBe(404);

  const run = await send(file);
  expect(run).toMatchObject({ status: 202, body: { rows: 2, refused: 1 } });
  const path = `/bulk-creations/${run.body.id}`;
  expect(run.headers.get("Location")).toBe(`/api/v1/admin${path}`);
  const hasEnded = async () =>
    expect((await owner("GET", path)).body).toMatchObject({ state: "done", created: 1 });
  await vi.waitFor(hasEnded, { timeout: 10_000 });
  expect((await owner("GET", `/licenses/${number}`)).body).toMatchObject({
    customer: { name },
    definition: { allotments: [{ name: "analyzer", units: [{ count: 7 }] }] },
  });
  expect((await owner("GET", `/licenses/${number}/notes`)).body).toMatchObject({ contact: "Ana Ruiz" });
  expect((await send(file, "?dryRun=true")).body).toMatchObject({
    ...{ creates: 0, already: 1 },
    licenses: [{ row: 2, number, outcome: "already" }],
  });
  expect((await owner("DELETE", path)).status).toBe(204);
  expect((await owner("GET", path)).body.state).toBe("done");

  expect((await owner("DELETE", `/license-templates/${id}`)).status).toBe(204);
  expect((await owner("DELETE", `/license-templates/${id}`)).status).toBe(404);
});

test("a template or a file that can't be used is refused as a whole, with the reason", async () => {
  expect(await owner("POST", "/license-templates", { name: "trial", definition })).toMatchObject({
    ...{ status: 422, body: { code: "INVALID_BODY", errors: [{ pointer: "/name" }] } },
  });
  for (const name of ["Bank\nGold", "Bank\u0000", "Bank\ud800"])
    expect(await owner("POST", "/license-templates", { name, definition })).toMatchObject({
      ...{ status: 422, body: { code: "INVALID_BODY", errors: [{ pointer: "/name" }] } },
    });
  expect(await send("customer,Region\nAcme,North\n", "?dryRun=true")).toMatchObject({
    ...{ status: 422, body: { code: "INVALID_BODY", detail: expect.stringContaining("“Region”") } },
  });
  expect(await send(`customer,notes\nAcme,${"x".repeat(4 * 1024 * 1024)}\n`)).toMatchObject({
    ...{ status: 413, body: { code: "BODY_TOO_LARGE" } },
  });
});
