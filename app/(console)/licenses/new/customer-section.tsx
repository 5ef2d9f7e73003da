import { Button, TextInput } from "@mantine/core";
import { useId, useMemo } from "react";
import { type FieldMessages, wrongAt } from "@/app/(console)/licenses/[number]/definition/field-paths";
import { knownNames } from "@/domain/known-names";
import { CUSTOMER_FIELD, type NewDraft } from "./new-draft";
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
  return (
    <div className={styles.customer}>
      <TextInput
        id={CUSTOMER_FIELD}
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
      <div className={styles.note} role="status">
        <Note name={customer} customers={customers} use={(known) => change({ customer: known })} />
      </div>
    </div>
  );
}

type NoteProps = { name: string; customers: readonly string[]; use(customer: string): void };

/** Whether the customer is new, or probably meant to be another one. */
function Note({ name, customers, use }: NoteProps) {
  const known = useMemo(() => knownNames(customers), [customers]);
  if (name.trim() === "" || known.has(name)) return null;
  const meant = known.similarTo(name);
  if (!meant) return <p>This customer is new and will be created with the license.</p>;
  return (
    <p className={styles.meant}>
      Did you mean the customer <strong>{meant}</strong>?
      <Button size="compact-sm" variant="default" onClick={() => use(meant)}>
        Use {meant}
      </Button>
    </p>
  );
}
