import type { Allotment, Overage } from "@/domain/definition";
import type { NewLicense } from "@/server/licenses";
import { FRANKFURT, HAMBURG, LEEDS, type Site, YORK } from "./sites";

const NORDLICHT = "Nordlicht Logistik AG";
const BELLWEATHER = "Bellweather Foods Ltd";

/** A license, the sites that use it, and what is consumed: minutes in each month, the oldest first. */
export type LicensePlan = {
  license: NewLicense & { number: string };
  sites: [Site, ...Site[]];
  /** The last month counts by how much of it is over, unless it is `usedUp` already. */
  consumption?: { allotment: string; months: [number, number, number, number]; usedUp?: boolean };
};

/** What each license of the sample shows. */
export type Kind = "seats" | "capped" | "counted" | "open" | "shrunk" | "trial" | "expired" | "suspended";
export type Plans = Record<Kind, LicensePlan>;

/** The validity of the licenses that end. */
export type Dates = { trial: string; ended: string };

export const BLOCK_MINUTES = 6;

export function seats(name: string, count: number): Allotment {
  const usage = { class: "assigned" as const, minimum: 1 };
  return { name, usage, provisions: [{ accessType: name }], units: [{ count, valid: "" }] };
}

export function time(name: string, count: number, overage: Overage = 0): Allotment {
  const usage = { class: "time" as const, minimum: BLOCK_MINUTES };
  return { name, usage, provisions: [{ accessType: "analyzer" }], units: [{ count, valid: "" }], overage };
}

const nordlicht = { customer: NORDLICHT, product: "QSEfE", products: ["QSEfW", "QCS"] };
const bellweather = { customer: BELLWEATHER, product: "QSEfW" };

export function licensePlans({ trial, ended }: Dates): Plans {
  return {
    seats: {
      license: {
        ...nordlicht,
        number: "9999000000010012",
        allotments: [seats("professional", 25), seats("analyzer", 80)],
      },
      sites: [HAMBURG, FRANKFURT],
    },
    capped: {
      license: { ...nordlicht, number: "9999000000010029", allotments: [time("analyzer_time", 9_000)] },
      sites: [HAMBURG, FRANKFURT],
      consumption: { allotment: "analyzer_time", months: [6_390, 7_740, 8_370, 9_000], usedUp: true },
    },
    counted: {
      license: { ...nordlicht, number: "9999000000010036", allotments: [time("core_time", 18_000, 4_000)] },
      sites: [HAMBURG, FRANKFURT],
      consumption: { allotment: "core_time", months: [16_020, 19_380, 21_600, 22_800] },
    },
    open: {
      license: {
        ...bellweather,
        products: ["QSEfW", "QV"],
        number: "9999000000020017",
        allotments: [time("analyzer_time", 30_000, "YES")],
      },
      sites: [LEEDS, YORK],
      consumption: { allotment: "analyzer_time", months: [24_300, 30_900, 39_240, 36_000] },
    },
    shrunk: {
      license: { ...bellweather, number: "9999000000020024", allotments: [seats("analyzer", 40)] },
      sites: [LEEDS],
    },
    trial: {
      license: {
        ...bellweather,
        number: "9999000000020031",
        trial: true,
        valid: trial,
        allotments: [seats("professional", 5)],
      },
      sites: [LEEDS],
    },
    expired: {
      license: {
        ...bellweather,
        product: "QV",
        number: "9999000000020048",
        valid: ended,
        allotments: [seats("professional", 15)],
      },
      sites: [YORK],
    },
    suspended: {
      license: { ...bellweather, number: "9999000000020055", allotments: [seats("analyzer", 10)] },
      sites: [LEEDS],
    },
  };
}
