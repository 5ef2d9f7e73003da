import { randomUUID } from "node:crypto";
import { expect, type Licensed, test } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { pagesOf } from "./pages";
import { newPatch, report, sync } from "./product";
import { withShown } from "./shown";

/** Breaks out of every context that a text can appear in, and leaves a mark in the page if one of them lets it. */
const HOSTILE = `"'\`></title></script><img src=x data-hostile onerror=alert(1)><b data-hostile>{{7*7}}`;
const MARK = "[data-hostile]";
const SOURCE = "3f1e4a7e-8f0b-4a39-9a51-3f7d61cf2b66";

test("text from people and products never becomes markup", async ({ admin: page, api, client, issue }) => {
  const license = await hostileLicense(issue);
  const { number } = license;
  await reportHostileUsage(license);
  const admin = `/api/v1/admin/licenses/${number}`;
  const done = [
    await api.post(`${admin}/keys`, { data: { label: HOSTILE } }),
    await api.patch(`${admin}/deployments/${SOURCE}`, { data: { name: HOSTILE } }),
    await api.post("/api/v1/admin/tokens", { data: { name: HOSTILE, role: "auditor" } }),
  ];
  const shown = await withShown(client, license);
  const { webhook } = shown;
  done.push(await api.patch(`/api/v1/admin/webhooks/${webhook}`, { data: { name: HOSTILE } }));
  for (const response of done) expect(response.ok(), await response.text()).toBe(true);

  const paths = pagesOf(shown).map(({ path }) => path);
  const asked = `q=${encodeURIComponent(HOSTILE)}`;
  let met = 0;
  for (const path of [...paths, `/licenses?${asked}`, `/licenses/${number}/assignments?${asked}`]) {
    await page.goto(path);
    expect(await page.locator(MARK).count(), path).toBe(0);
    const response = await page.request.get(path);
    expect(await response.text(), path).not.toContain("<img src=x data-hostile");
    if ((await page.locator("body").textContent())?.includes(HOSTILE)) met++;
  }
  expect(met, "pages that show the text as it was written").toBeGreaterThan(6);
});

function hostileLicense(issue: (license: object) => Promise<Licensed>): Promise<Licensed> {
  return issue({
    customer: `${HOSTILE} ${randomUUID()}`,
    allotments: [seats(1), timeAllotment({ name: "analyzer_time" })],
    parameters: [{ name: HOSTILE, values: { [HOSTILE]: HOSTILE } }],
  });
}

/** Reports minutes under a hostile id, and two seats, one of which is rejected. */
async function reportHostileUsage({ site, number }: Licensed): Promise<void> {
  const month = new Date().toISOString().slice(0, 7);
  const used = { id: HOSTILE, allotment: "analyzer_time", month, consumption: 10 };
  const booked = await report(site, { source: SOURCE, consumption: [used] });
  expect(booked.status).toBe(200);
  const patches = ["bob", "eve"].map((name) => newPatch(number, `${HOSTILE}\\${name}`));
  const bases = [{ license: number, version: 0 }];
  const { body } = await sync(site, { source: SOURCE, bases, patches });
  expect(body.patches.map(({ rejection }) => rejection)).toEqual(["", "NO_AVAILABLE_UNITS"]);
}
