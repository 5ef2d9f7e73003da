"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import styles from "./product-field.module.css";

type Props = {
  id?: string;
  product: string;
  /** The products to choose from; the current one always is among them. */
  choices: readonly string[];
  error?: string;
  onChange: (product: string) => void;
};

const OWN = "\0own";

/** The product of a license: one of the known codes, or another one that is typed. */
export function ProductField({ id, product, choices, error, onChange }: Props) {
  const [isOwn, setOwn] = useState(false);
  const codes = isOwn || product === "" || choices.includes(product) ? choices : [...choices, product];
  const choose = (value: string) => {
    setOwn(value === OWN);
    onChange(value === OWN ? "" : value);
  };
  return (
    <div className={styles.product}>
      <NativeSelect
        id={isOwn ? undefined : id}
        label="Product"
        value={isOwn ? OWN : product}
        onChange={({ currentTarget }) => choose(currentTarget.value)}
        error={isOwn ? undefined : error}
        data={[
          ...(product === "" && !isOwn ? [{ value: "", label: "Choose a product" }] : []),
          ...codes,
          { value: OWN, label: "Another product…" },
        ]}
      />
      {isOwn ? (
        <TextInput
          id={id}
          label="Product code"
          value={product}
          onChange={({ currentTarget }) => onChange(currentTarget.value)}
          error={error}
          maxLength={200}
          autoComplete="off"
        />
      ) : null}
    </div>
  );
}
