import { count, counted } from "@/components/text/numbers";
import { allotmentNamed, type Definition } from "@/domain/licenses/definition";
import type { ShareWish } from "@/domain/offline/checkout";
import type { Checkout } from "@/server/checkouts/checkouts";

/** The name of a checkout: its label, or the start of its id. */
export function checkoutName({ id, label }: Pick<Checkout, "id" | "label">): string {
  return label || id.slice(0, 8);
}

/** Shares as `5 analyzer seats, 600 analyzer_time minutes a month`. */
export function sharesText(shares: readonly ShareWish[], definition: Definition): string {
  return shares
    .map(({ allotment, units }) => {
      const isTime = allotmentNamed(definition, allotment)?.usage.class === "time";
      return isTime ? `${count(units)} ${allotment} minutes a month` : counted(units, `${allotment} seat`);
    })
    .join(", ");
}

/** The file name of a checkout, which is valid on every operating system. */
export function fileNameOf(license: string, id: string): string {
  return `definition-${license}-${id.slice(0, 8)}.sld`;
}
