import type { Definition } from "@/domain/licenses/definition";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import type { License } from "@/server/licenses/license";

/** A license that is being written. */
export type NewDraft = {
  customer: string;
  number: string;
  /** What activates with it; empty is the product of the definition alone. */
  products: string[];
  definition: Definition;
  settings?: License["settings"];
};

export const EMPTY: NewDraft = {
  customer: "",
  number: "",
  products: [],
  definition: {
    product: "",
    valid: "",
    trial: false,
    allotments: [
      {
        name: "professional",
        usage: { class: "assigned", minimum: 1 },
        provisions: [{ accessType: "professional" }],
        units: [{ count: 0, valid: "" }],
      },
    ],
    parameters: [],
  },
};

/** A new license like another one, but for its number. */
export function draftLike({ customer, products, definition, settings }: License): NewDraft {
  return { customer: customer.name, number: "", products, definition, settings };
}

/** What is sent of a draft: nothing that was left open. */
export function sentOf({ customer, number, products, definition, settings }: NewDraft): object {
  const digits = parseLicenseNumber(number) ?? number.trim();
  return {
    ...definition,
    customer: customer.trim(),
    ...(digits ? { number: digits } : {}),
    ...(products.length > 0 ? { products } : {}),
    ...(settings ? { settings } : {}),
  };
}
