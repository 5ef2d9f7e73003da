import type { Allotment, Overage } from "@/domain/licenses/definition";
import type { NewLicense } from "@/server/licenses/licenses";
import {
  BASEL,
  FRANKFURT,
  GENEVA,
  HAMBURG,
  LEEDS,
  LUGANO,
  type SampleDeployment,
  YORK,
  ZURICH,
} from "./deployments";

const NORDLICHT = "Nordlicht Logistik AG";
const BELLWEATHER = "Bellweather Foods Ltd";
const CASTELLAN = "Castellan Privatbank";
export const CUSTOMERS = [NORDLICHT, BELLWEATHER, CASTELLAN];

/** A license, the deployments that use it, and its consumption: minutes in each month, oldest first. */
export type LicensePlan = {
  license: NewLicense & { number: string };
  sites: [SampleDeployment, ...SampleDeployment[]];
  /** The last month counts in proportion to its elapsed days, unless it is `usedUp` already. */
  consumption?: { allotment: string; months: readonly number[]; usedUp?: boolean };
};

/** The case that each license of the sample shows. */
export type Kind =
  | "seats"
  | "capped"
  | "counted"
  | "open"
  | "shrunk"
  | "trial"
  | "expired"
  | "suspended"
  | "mixed"
  | "renewal";
export type Plans = Record<Kind, LicensePlan>;

/** The validity of the licenses that end. */
export type Dates = { trial: string; ended: string; mixed: string; renewal: string };

export const BLOCK_MINUTES = 6;

/** The nine months before the last four: usage grew into the licenses. */
const CAPPED = [2_010, 2_400, 3_120, 2_880, 3_960, 4_410, 5_040, 4_860, 5_910];
const COUNTED = [6_120, 7_020, 8_640, 9_780, 9_120, 11_040, 12_600, 13_980, 15_060];
const OPEN = [18_300, 17_640, 20_100, 22_260, 21_000, 19_920, 23_400, 25_080, 23_160];
const MIXED = [7_080, 8_820, 9_600, 9_180, 10_440, 11_700, 12_960, 12_060, 13_740];

export function seats(name: string, count: number): Allotment {
  const usage = { class: "assigned" as const, minimum: 1 };
  return { name, usage, provisions: [{ accessType: name }], units: [{ count, valid: "" }] };
}

export function time(name: string, count: number, overage: Overage = 0): Allotment {
  const usage = { class: "time" as const, minimum: BLOCK_MINUTES };
  return { name, usage, provisions: [{ accessType: "analyzer" }], units: [{ count, valid: "" }], overage };
}

const nordlicht = { customer: NORDLICHT, product: "QSEfE", products: ["QSEfW", "QCS"] };
const castellan = { customer: CASTELLAN, product: "QSEfW", products: ["QSEfW", "QV"] };
const bellweather = { customer: BELLWEATHER, product: "QSEfW" };

export function licensePlans({ trial, ended, mixed, renewal }: Dates): Plans {
  return {
    seats: {
      license: {
        ...nordlicht,
        number: "9999000000010012",
        allotments: [seats("professional", 25), seats("analyzer", 90)],
      },
      sites: [HAMBURG, FRANKFURT],
    },
    mixed: {
      license: {
        ...castellan,
        number: "9999000000030016",
        valid: mixed,
        settings: { sessionNames: true },
        parameters: [{ name: "prices", valid: "", values: { analyzer: 40, analyzer_time: 0.1 } }],
        allotments: [seats("professional", 40), seats("analyzer", 120), time("analyzer_time", 15_000, 3_000)],
      },
      sites: [ZURICH, GENEVA, BASEL, LUGANO],
      consumption: {
        allotment: "analyzer_time",
        months: [...MIXED, 13_020, 14_460, 15_900, 16_380],
        usedUp: true,
      },
    },
    renewal: {
      license: {
        ...castellan,
        number: "9999000000030023",
        valid: renewal,
        allotments: [seats("professional", 10)],
      },
      sites: [ZURICH],
    },
    capped: {
      license: {
        ...nordlicht,
        number: "9999000000010029",
        settings: { sessionNames: true },
        allotments: [time("analyzer_time", 9_000)],
      },
      sites: [HAMBURG, FRANKFURT],
      consumption: {
        allotment: "analyzer_time",
        months: [...CAPPED, 6_390, 7_740, 8_370, 9_000],
        usedUp: true,
      },
    },
    counted: {
      license: { ...nordlicht, number: "9999000000010036", allotments: [time("core_time", 18_000, 4_000)] },
      sites: [HAMBURG, FRANKFURT],
      consumption: { allotment: "core_time", months: [...COUNTED, 16_020, 19_380, 21_600, 22_800] },
    },
    open: {
      license: {
        ...bellweather,
        products: ["QSEfW", "QV"],
        number: "9999000000020017",
        allotments: [time("analyzer_time", 30_000, "YES")],
      },
      sites: [LEEDS, YORK],
      consumption: { allotment: "analyzer_time", months: [...OPEN, 24_300, 30_900, 39_240, 36_000] },
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

/** The numbers of the sample's licenses, which distinguish them from those that people create for its customers. */
export function sampleNumbers(): string[] {
  const plans = licensePlans({ trial: "", ended: "", mixed: "", renewal: "" });
  return Object.values(plans).map(({ license }) => license.number);
}
