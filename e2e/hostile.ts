import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import type { Client } from "signet/client";
import { assign, WARSAW } from "./busy";
import { expect, type Licensed, type NewLicense } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import type { Shown } from "./pages";
import { newPatch, report, sync } from "./product";
import { withShown } from "./shown";

/** Breaks out of every context that a text can appear in, and leaves a mark in the page if one of them lets it. */
export const HOSTILE = `"'\`></title></script><img src=x data-hostile onerror=alert(1)><b data-hostile>{{7*7}}`;
export const MARK = "[data-hostile]";

type Means = {
  issue(license: NewLicense): Promise<Licensed>;
  api: APIRequestContext;
  client: Client;
};

/**
 * A license with every seat taken and its minutes in overage, and what the pages show beside it. Every text that people
 * and products can send is hostile.
 */
export async function hostileLicense({ issue, api, client }: Means): Promise<Licensed & Shown> {
  const license = await issue({
    customer: `Customer ${HOSTILE} ${randomUUID()}`,
    allotments: [seats(3), timeAllotment({ units: [{ count: 1500, valid: "" }], overage: 300 })],
    parameters: [{ name: HOSTILE, values: { [HOSTILE]: HOSTILE } }],
  });
  await assign(license, ["bob", "eve"]);
  await reportHostileUsage(license);
  const admin = `/api/v1/admin/licenses/${license.number}`;
  const shown = await withShown(client, license);
  const webhook = { name: `Data warehouse ${HOSTILE}` };
  const done = [
    await api.post(`${admin}/keys`, { data: { label: HOSTILE } }),
    await api.patch(`${admin}/deployments/${WARSAW}`, { data: { name: HOSTILE } }),
    await api.post("/api/v1/admin/tokens", { data: { name: HOSTILE, role: "auditor" } }),
    await api.patch(`/api/v1/admin/webhooks/${shown.webhook}`, { data: webhook }),
  ];
  for (const response of done) expect(response.ok(), await response.text()).toBe(true);
  return shown;
}

/** Reports minutes under a hostile id, and two seats, one of which is rejected. */
async function reportHostileUsage({ site, number }: Licensed): Promise<void> {
  const month = new Date().toISOString().slice(0, 7);
  const used = { allotment: "analyzer_time", month };
  const consumption = [
    { ...used, id: 1, consumption: 1629 },
    { ...used, id: HOSTILE, consumption: 10 },
  ];
  expect((await report(site, { source: WARSAW, consumption })).status).toBe(200);
  const patches = ["bob", "eve"].map((name) => newPatch(number, `${HOSTILE}\\${name}`));
  const bases = [{ license: number, version: 0 }];
  const { body } = await sync(site, { source: WARSAW, bases, patches });
  const own = body.patches.slice(0, patches.length); // then those of the users before
  expect(own.map(({ rejection }) => rejection)).toEqual(["", "NO_AVAILABLE_UNITS"]);
}
