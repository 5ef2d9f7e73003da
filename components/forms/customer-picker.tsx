"use client";

import { Checkbox, TextInput } from "@mantine/core";
import { useId, useState } from "react";
import styles from "./customer-picker.module.css";

export type CustomerChoice = { id: string; name: string };

type Props = {
  label: string;
  hint?: string;
  customers: CustomerChoice[];
  chosen?: readonly string[];
  wrong?: string;
};

const FILTERED_FROM = 9;

/** Checkboxes for customers, the form's field `customers`. Customers hidden by the filter stay selected. */
export function CustomerPicker({ label, hint, customers, chosen = [], wrong }: Props) {
  const [asked, setAsked] = useState("");
  const id = useId();
  const isShown = (name: string) => name.toLowerCase().includes(asked.trim().toLowerCase());
  return (
    <fieldset
      className={styles.picker}
      aria-describedby={hint ? id : undefined}
      data-wrong={wrong !== undefined}
    >
      <legend>{label}</legend>
      {hint ? (
        <p id={id} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {customers.length >= FILTERED_FROM ? (
        <TextInput
          aria-label="Filter customers"
          placeholder="Filter customers"
          value={asked}
          onChange={({ currentTarget }) => setAsked(currentTarget.value)}
        />
      ) : null}
      {customers.length > 0 ? (
        <div className={styles.list}>
          {customers.map((customer) => (
            <div key={customer.id} className={styles.choice} hidden={!isShown(customer.name)}>
              <Checkbox
                name="customers"
                value={customer.id}
                label={customer.name}
                defaultChecked={chosen.includes(customer.id)}
              />
            </div>
          ))}
        </div>
      ) : (
        <p className={styles.hint}>No customers yet.</p>
      )}
      {wrong ? (
        <p role="alert" className={styles.hint}>
          {wrong}
        </p>
      ) : null}
    </fieldset>
  );
}
