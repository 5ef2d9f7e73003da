import { type FieldMessages, wrongAt } from "@/app/(console)/licenses/[number]/definition/field-paths";
import { ListInput } from "@/app/(console)/licenses/[number]/definition/list-input";
import type { NewDraft } from "./new-draft";
import styles from "./new-license.module.css";

type Props = { draft: NewDraft; places: FieldMessages; change(part: Partial<NewDraft>): void };

/** The products that can activate with the license, if they differ from the product of the definition. */
export function ProductsSection({ draft: { products, definition }, places, change }: Props) {
  const alone = definition.product.trim() || "the product above";
  return (
    <ListInput
      className={styles.field}
      label="Products that can activate"
      description={`Comma-separated. Default: ${alone}.`}
      value={products}
      onChange={(codes) => change({ products: codes })}
      error={wrongAt(places, "/products")}
    />
  );
}
