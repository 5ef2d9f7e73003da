import { randomUUID } from "node:crypto";
import { issueLicense } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { ownerOf } from "./own-server";
import { newPatch, report, sync } from "./product";
import type { RunningServer } from "./server";

const ASSIGNED = 100_000;
const AT_ONCE = 5_000;
const OTHERS = 60;

/** Creates a license with a seat for each row of a large file. Returns its number. */
export async function roomyLicense(server: RunningServer): Promise<string> {
  const api = await ownerOf(server);
  const { number } = await issueLicense(api, { allotments: [seats(ASSIGNED)] });
  await api.dispose();
  return number;
}

/**
 * Fills a new store: one license with 100,000 users and a month of usage, and a list of other licenses. Returns its
 * number.
 */
export async function bigLicense(server: RunningServer): Promise<string> {
  const api = await ownerOf(server);
  const customer = "Contoso Manufacturing";
  for (let index = 0; index < OTHERS; index += 1)
    await issueLicense(api, { customer: index % 3 ? `Customer ${index % 20}` : customer });
  const minutes = timeAllotment({ units: [{ count: 1500, valid: "" }], overage: 300 });
  const { number, key } = await issueLicense(api, { customer, allotments: [seats(ASSIGNED), minutes] });
  await api.dispose();
  const deployment = { door: server.door, key };
  const source = randomUUID();
  for (let begin = 0; begin < ASSIGNED; begin += AT_ONCE) {
    const patches = Array.from({ length: AT_ONCE }, (_, index) =>
      newPatch(number, `contoso\\user${String(begin + index).padStart(6, "0")}`),
    );
    const { status } = await sync(deployment, {
      source,
      bases: [{ license: number, version: begin }],
      patches,
    });
    if (status !== 200) throw new Error(`The assignments were answered ${status}.`);
  }
  const month = new Date().toISOString().slice(0, 7);
  await report(deployment, {
    source,
    consumption: [{ id: 1, allotment: "analyzer_time", month, consumption: 1639 }],
  });
  return number;
}
