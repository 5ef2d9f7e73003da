"use client";

import { useState } from "react";
import type { Allotment } from "@/domain/licenses/definition";
import styles from "./allotment-fields.module.css";
import { type FieldMessages, wrongAt } from "./field-paths";
import { ListInput } from "./list-input";

type Props = {
  allotment: Allotment;
  places: FieldMessages;
  pointer: string;
  change: (part: Partial<Allotment>) => void;
};

/** What a seat or minute gives access to, in one line that unfolds to its fields. */
export function AllotmentAccess({
  allotment: { provisions, products = [] },
  places,
  pointer,
  change,
}: Props) {
  const [isOpen, setOpen] = useState(false);
  const types = provisions.map(({ accessType }) => accessType);
  const wrong = {
    types: wrongAt(places, `${pointer}/provisions`),
    products: wrongAt(places, `${pointer}/products`),
  };
  return (
    <details
      className={styles.access}
      open={isOpen || wrong.types !== undefined || wrong.products !== undefined}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        Access: {types.join(", ") || "none named"} · {products.join(", ") || "all products of the license"}
      </summary>
      <div className={styles.more}>
        <ListInput
          label="Access types"
          description="What a seat or minute gives access to"
          value={types}
          onChange={(next) => change({ provisions: next.map((accessType) => ({ accessType })) })}
          error={wrong.types}
        />
        <ListInput
          label="Only for products"
          description="Leave empty for all products of the license"
          value={products}
          onChange={(codes) => change({ products: codes.length > 0 ? codes : undefined })}
          error={wrong.products}
        />
      </div>
    </details>
  );
}
