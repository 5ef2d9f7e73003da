import { IconSearch } from "@tabler/icons-react";
import Form from "next/form";
import type { ReactNode } from "react";
import styles from "./search-form.module.css";

type Props = {
  action: string;
  label: string;
  hint: string;
  value: string;
  /** Other parameters of the URL to keep, by name. */
  keep?: Record<string, string>;
  /** More filters. */
  children?: ReactNode;
};

/** The search field of a list; the URL has its text as `q`. */
export function SearchForm({ action, label, hint, value, keep = {}, children }: Props) {
  return (
    <Form className={styles.form} action={action} role="search">
      <IconSearch size={15} stroke={2} aria-hidden />
      <input key={value} type="search" name="q" aria-label={label} placeholder={hint} defaultValue={value} />
      {Object.entries(keep).map(([name, kept]) => (
        <input key={name} type="hidden" name={name} value={kept} />
      ))}
      {children}
      <button type="submit">Find</button>
    </Form>
  );
}
