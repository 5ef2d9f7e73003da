import { sentOf as notesSent } from "@/app/(console)/_notes/notes-draft";
import type { NotesDraft } from "@/app/(console)/_notes/notes-fields";
import type { Definition } from "@/domain/licenses/definition";
import { parseLicenseNumber } from "@/domain/licenses/license-number";
import { definitionFrom, FIRST_TEMPLATE, type LicenseTemplate } from "@/domain/licenses/license-template";
import type { License } from "@/server/licenses/license";

/** The draft of a new license. */
export type NewDraft = {
  customer: string;
  number: string;
  /** Products that can activate; empty means only the product of the definition. */
  products: string[];
  definition: Definition;
  settings?: Partial<License["settings"]>;
  /** Null until somebody writes some. */
  notes: NotesDraft | null;
};

/** The part of a draft that a template, a license file or another license fills in. */
export type Filling = Omit<NewDraft, "customer" | "number" | "notes">;

export function fillingFrom(template: LicenseTemplate, usualProduct: string, now: Date): Filling {
  const { products } = template;
  return { products, definition: definitionFrom(template, usualProduct, now), settings: undefined };
}

/** The draft that the form begins with: the first template, for a customer if one is known. */
export function emptyDraft(customer: string, usualProduct: string, now: Date): NewDraft {
  return { customer, number: "", notes: null, ...fillingFrom(FIRST_TEMPLATE.template, usualProduct, now) };
}

/** A draft that copies a license except for its number. */
export function draftLike({ customer, products, definition, settings }: License): NewDraft {
  return { customer: customer.name, number: "", notes: null, products, definition, settings };
}

/** The parts of a draft to send; empty ones are left out. */
export function sentOf({ customer, number, products, definition, settings, notes }: NewDraft): object {
  const digits = parseLicenseNumber(number) ?? number.trim();
  const whenOffline = whenOfflineIn({ definition, settings });
  return {
    ...definition,
    customer: customer.trim(),
    ...(digits ? { number: digits } : {}),
    ...(products.length > 0 ? { products } : {}),
    ...(settings || whenOffline
      ? { settings: { ...settings, ...(whenOffline ? { whenOffline } : {}) } }
      : {}),
    ...(notes ? { notes: notesSent(notes) } : {}),
  };
}

/** What products do with capped minutes while they can't reach the server; null for a license without any. */
export function whenOfflineIn({ definition, settings }: Pick<NewDraft, "definition" | "settings">) {
  const isCapped = definition.allotments.some(
    ({ usage, overage }) => usage.class === "time" && overage !== "YES",
  );
  return isCapped ? (settings?.whenOffline ?? "bounded") : null;
}

/** What a license can't be created without, each with the id of its field. */
export function lackingIn({ customer, definition: { product } }: NewDraft): Lacking[] {
  return [
    ...(customer.trim() ? [] : [{ field: CUSTOMER_FIELD, words: "Enter the customer" }]),
    ...(product.trim() ? [] : [{ field: PRODUCT_FIELD, words: "Choose the product" }]),
  ];
}

export type Lacking = { field: string; words: string };

export const CUSTOMER_FIELD = "new-customer";
const PRODUCT_FIELD = "product";
