import { TextInput } from "@mantine/core";
import { useId } from "react";
import { type FieldMessages, wrongAt } from "@/app/(console)/licenses/[number]/definition/field-paths";
import type { NewDraft } from "./new-draft";
import styles from "./new-license.module.css";

type Props = {
  customer: string;
  customers: readonly string[];
  places: FieldMessages;
  change(part: Partial<NewDraft>): void;
};

/** The customer of the license: an existing one, or a new one by name. */
export function CustomerSection({ customer, customers, places, change }: Props) {
  const list = useId();
  const name = customer.trim().toLowerCase();
  const isNew = name !== "" && !customers.some((known) => known.toLowerCase() === name);
  return (
    <>
      <TextInput
        className={styles.field}
        label="Customer"
        description="Choose a customer, or enter the name of a new one."
        list={list}
        maxLength={200}
        autoComplete="off"
        value={customer}
        onChange={({ currentTarget }) => change({ customer: currentTarget.value })}
        error={wrongAt(places, "/customer")}
      />
      <datalist id={list}>
        {customers.map((known) => (
          <option key={known} value={known} />
        ))}
      </datalist>
      <p className={styles.note} role="status">
        {isNew ? "This customer is new and will be created with the license." : null}
      </p>
    </>
  );
}
