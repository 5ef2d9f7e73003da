import type { Definition } from "@/domain/licenses/definition";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import type { License } from "@/server/licenses/license";

/** The draft of a new license. */
export type NewDraft = {
  customer: string;
  number: string;
  /** Products that can activate; empty means only the product of the definition. */
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

/** A draft that copies a license except for its number. */
export function draftLike({ customer, products, definition, settings }: License): NewDraft {
  return { customer: customer.name, number: "", products, definition, settings };
}

/** The parts of a draft to send; empty ones are left out. */
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
