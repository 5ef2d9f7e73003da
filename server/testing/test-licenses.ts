import type { Allotment } from "@/domain/licenses/definition";
import { SYSTEM } from "@/server/access/actor";
import type { Principal } from "@/server/access/gate";
import type { License } from "@/server/licenses/license";
import { createLicense, type NewLicense } from "@/server/licenses/licenses";

/** The time at which the tests run, unless they move on from it. */
export const NOW = new Date("2026-08-24T10:00:00Z");

/** An owner that needs no row, like the environment's token. */
export const OWNER: Principal = {
  kind: "token",
  id: "ada",
  name: "Ada",
  role: "owner",
  customers: null,
  license: null,
};

export function seats(name: string, count: number, valid = ""): Allotment {
  return {
    name,
    usage: { class: "assigned", minimum: 1 },
    provisions: [{ accessType: name }],
    units: [{ count, valid }],
  };
}

export function minutes(name: string, count: number, overage: Allotment["overage"] = 20): Allotment {
  return { ...seats(name, count), usage: { class: "time", minimum: 6 }, overage };
}

/** Creates a license of a customer of its own. */
export function makeLicense(wanted: Partial<NewLicense> = {}): Promise<License> {
  const customer = `Customer ${crypto.randomUUID()}`;
  return createLicense(
    { customer, product: "QSEfE", allotments: [seats("analyzer", 10)], ...wanted },
    SYSTEM,
    NOW,
  );
}
