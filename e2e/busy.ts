import { subject } from "./canary";
import { expect, type Licensed } from "./fixtures";
import { seats, timeAllotment } from "./guide";
import { newPatch, report, sync } from "./product";

export const WARSAW = "3f1e4a7e-8f0b-4a39-9a51-3f7d61cf2b01";

/** A license with every seat taken and its minutes in overage. */
export async function busyLicense(issue: (license: object) => Promise<Licensed>): Promise<Licensed> {
  const minutes = timeAllotment({ units: [{ count: 1500, valid: "" }], overage: 300 });
  const license = await issue({ allotments: [seats(2), minutes] });
  await assign(license, ["bob", "eve"]);
  const month = new Date().toISOString().slice(0, 7);
  const used = { id: 1, allotment: "analyzer_time", month, consumption: 1639 };
  await report(license.site, { source: WARSAW, consumption: [used] });
  return license;
}

export async function assign({ site, number }: Licensed, names: string[]): Promise<void> {
  const patches = names.map((name) => newPatch(number, subject(name)));
  const { body } = await sync(site, { source: WARSAW, bases: [{ license: number, version: 0 }], patches });
  expect(body.patches.map(({ rejection }) => rejection)).toEqual(names.map(() => ""));
}
