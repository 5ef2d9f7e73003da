import { dayOf } from "@/domain/month";
import { allotmentCalled } from "./allotment-names";
import { type Allotment, type Definition, nameKey, unitsInForce } from "./definition";
import { type Period, periodOf, validityFor } from "./period";

/** What new licenses of a kind have in common; their dates begin on the day when one is made from it. */
export type LicenseTemplate = {
  /** Null stands for the product that is sold most. */
  product: string | null;
  period: Period;
  trial: boolean;
  /** Products that can activate; empty means only the product itself. */
  products: string[];
  allotments: Allotment[];
  parameters: Definition["parameters"];
};

export type NamedTemplate = { id: string; name: string; template: LicenseTemplate };

const YEAR: Period = { months: 12 };
const TRIAL_DAYS = 30;
const TRIAL_SEATS = 5;

/** The template that a new license begins with. */
export const FIRST_TEMPLATE: NamedTemplate = {
  id: "seats",
  name: "Professional + Analyzer",
  template: plain({ allotments: [allotmentCalled("professional"), allotmentCalled("analyzer")] }),
};

/** The templates that every installation has. */
export const BUILT_IN_TEMPLATES: readonly NamedTemplate[] = [
  FIRST_TEMPLATE,
  {
    id: "capacity",
    name: "Capacity",
    template: plain({ allotments: [allotmentCalled("analyzer_time")] }),
  },
  {
    id: "trial",
    name: "Trial",
    template: plain({
      trial: true,
      period: { days: TRIAL_DAYS },
      allotments: ["professional", "analyzer"].map((name) => withUnits(allotmentCalled(name), TRIAL_SEATS)),
    }),
  },
];

/** Whether a built-in template has this name; case doesn't count. */
export function isBuiltIn(name: string): boolean {
  return BUILT_IN_TEMPLATES.some((template) => nameKey(template.name) === nameKey(name.trim()));
}

/** The definition of a new license from a template that begins on the UTC day of `now`. */
export function definitionFrom(template: LicenseTemplate, usualProduct: string, now: Date): Definition {
  const { product, period, trial, allotments, parameters } = template;
  return {
    ...{ product: product ?? usualProduct, trial, allotments, parameters },
    valid: validityFor(dayOf(now), period),
  };
}

/**
 * A template of a license. Dates of units don't fit the next license, so only the units in force are kept; a validity
 * without a first day has no length, so it becomes one year.
 */
export function templateOf(definition: Definition, products: string[], now: Date): LicenseTemplate {
  const { product, valid, trial, allotments, parameters } = definition;
  const period = periodOf(valid);
  return {
    ...{ product, trial, products, parameters },
    period: period === undefined ? YEAR : period,
    allotments: allotments.map((allotment) => withUnits(allotment, unitsInForce(allotment, now))),
  };
}

function plain(part: Pick<LicenseTemplate, "allotments"> & Partial<LicenseTemplate>): LicenseTemplate {
  return { product: null, period: YEAR, trial: false, products: [], parameters: [], ...part };
}

function withUnits(allotment: Allotment, count: number): Allotment {
  return { ...allotment, units: [{ count, valid: "" }] };
}
