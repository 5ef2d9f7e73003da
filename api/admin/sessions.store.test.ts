import { expect, test, vi } from "vitest";
import { readElement } from "@/domain/consumption/report";
import { SYSTEM } from "@/server/access/actor";
import { recordConsumption } from "@/server/consumption/consumption";
import { recordDenials } from "@/server/consumption/denials/denial-intake";
import { recordSessions } from "@/server/consumption/sessions/session-intake";
import { changeLicense } from "@/server/licenses/license-changes";
import { NOW } from "@/server/testing/test-licenses";
import { element, meteredLicense } from "@/server/testing/test-reports";
import { useStore } from "@/server/testing/test-store";
import { clientAs } from "./test-client";

vi.stubEnv("LOG_LEVEL", "silent");
useStore();

const at = NOW.toISOString();

async function usedLicense() {
  const { number, call } = await meteredLicense();
  await changeLicense(number, { settings: { sessionNames: true } }, null, SYSTEM, NOW);
  const sessions = [
    { id: "s1", subject: "acme\\bob", app: "Sales", start: at, end: at, minutes: 6 },
    { id: "s2", start: at, end: at, minutes: 18 },
  ];
  const items = [element(30, { sessions })];
  const report = { caller: call(), elements: items.map((item) => readElement(item, NOW)), now: NOW };
  await recordSessions(report, items, await recordConsumption(report));
  await recordDenials(report, [{ hour: at, reason: "NOT_ASSIGNED", subject: "acme\\eve", count: 2 }]);
  return number;
}

test("users, apps and deployments are listed with minutes and share, and names only for who reads users", async () => {
  const number = await usedLicense();
  const [admin, issuer] = [await clientAs({ role: "owner" }), await clientAs({ role: "issuer" })];
  const top = `/licenses/${number}/usage/top?by=user&allotment=ANALYZER_TIME`;
  expect((await admin("GET", top)).body).toMatchObject({
    ...{ month: "2026-08", allotment: "analyzer_time", by: "user", total: 30, inSessions: 24 },
    items: [
      { key: "", name: null, minutes: 18, share: 0.6 },
      { name: "acme\\bob", minutes: 6, share: 0.2 },
    ],
  });
  expect((await issuer("GET", top)).body.items[1]).toMatchObject({ name: null, minutes: 6 });
  const first = await admin("GET", `/licenses/${number}/sessions?limit=1&sort=endTime`);
  expect(first.body.items).toMatchObject([{ session: "s1", user: "acme\\bob", app: "Sales" }]);
  const { cursor } = first.body;
  const second = await admin("GET", `/licenses/${number}/sessions?limit=1&sort=endTime&cursor=${cursor}`);
  expect(second.body).toMatchObject({ items: [{ session: "s2", user: null }], cursor: null });
  const seen = await issuer("GET", `/licenses/${number}/sessions?sort=endTime`);
  expect(seen.body.items[0].user).toMatch(/^[0-9a-f]{64}$/);
  expect((await admin("GET", `/licenses/${number}/usage/top?by=user&allotment=none`)).status).toBe(404);
});

test("denials are listed by hour, and by kind", async () => {
  const number = await usedLicense();
  const owner = await clientAs({ role: "owner" });
  const told = { reason: "NOT_ASSIGNED", kind: "notEntitled", user: "acme\\eve", count: 2, allotment: null };
  expect((await owner("GET", `/licenses/${number}/denials`)).body).toMatchObject({ items: [told] });
  expect((await owner("GET", `/licenses/${number}/denials?kind=overLimit`)).body.items).toEqual([]);
  expect((await owner("GET", `/licenses/${number}/denials?from=2026-08-24T11:00:00Z`)).body.items).toEqual(
    [],
  );
});
