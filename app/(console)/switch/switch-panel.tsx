"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { IconChevronLeft } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import type { Choices, CustomerChoice, LicenseChoice } from "./choices";
import { CustomerItem, LicenseItem } from "./switch-items";
import styles from "./switcher.module.css";

type Customer = { id: string; name: string };
type Props = {
  level: "customers" | "licenses";
  customer: Customer;
  number: string | null;
  otherCustomers: boolean;
  close(): void;
};

const TYPING_MS = 120;
const ITEM = "data-item";

/** Customers, then the licenses of the chosen one. Arrows move through them, Escape closes. */
export function SwitchPanel({ level, customer, number, otherCustomers, close }: Props) {
  const [picked, setPicked] = useState<Customer | null>(level === "licenses" ? customer : null);
  const [text, setText] = useState("");
  const router = useRouter();
  const go = (to: Customer | null) => {
    setPicked(to);
    setText("");
  };
  const pick = (to: Customer) => {
    if (number) return go(to);
    router.push(`/customers/${to.id}`);
    close();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows move the focus among the links and buttons inside
    <div onKeyDown={moveAmongItems}>
      {picked && otherCustomers ? (
        <button type="button" className={styles.back} onClick={() => go(null)}>
          <IconChevronLeft size={15} stroke={2} aria-hidden />
          All customers
        </button>
      ) : null}
      <input
        key={picked?.id ?? "customers"}
        type="search"
        className={styles.filter}
        aria-label={picked ? `Find a license of ${picked.name}` : "Find a customer"}
        placeholder={picked ? "Number or product" : "Name"}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        ref={focusOn}
      />
      {picked && number ? (
        <Licenses customer={picked} text={text} here={number} close={close} />
      ) : (
        <Customers text={text} here={customer.id} pick={pick} />
      )}
    </div>
  );
}

function Customers({ text, here, pick }: { text: string; here: string; pick(to: Customer): void }) {
  const asked = useChoices<CustomerChoice>({}, text);
  return (
    <Found {...asked} nothing="No customer has that name.">
      {asked.data?.choices.map((choice) => (
        <CustomerItem key={choice.id} choice={choice} isHere={choice.id === here} pick={pick} />
      ))}
    </Found>
  );
}

type LicensesProps = { customer: Customer; text: string; here: string; close(): void };

function Licenses({ customer, text, here, close }: LicensesProps) {
  const asked = useChoices<LicenseChoice>({ customer: customer.id }, text);
  return (
    <Found {...asked} nothing={`${customer.name} has no matching license.`}>
      {asked.data?.choices.map((choice) => (
        <LicenseItem key={choice.number} choice={choice} isHere={choice.number === here} close={close} />
      ))}
    </Found>
  );
}

type FoundProps = {
  data?: Choices<unknown>;
  isError: boolean;
  refetch(): unknown;
  nothing: string;
  children: ReactNode;
};

function Found({ data, isError, refetch, nothing, children }: FoundProps) {
  if (isError)
    return (
      <p className={styles.note} role="alert">
        The server isn't responding.{" "}
        <button type="button" onClick={() => refetch()}>
          Try again
        </button>
      </p>
    );
  if (!data) return <p className={styles.note}>Searching…</p>;
  if (data.choices.length === 0) return <p className={styles.note}>{nothing}</p>;
  return (
    <>
      <ul className={styles.items}>{children}</ul>
      {data.more ? (
        <p className={styles.note}>There are more. Type part of the name to narrow the list.</p>
      ) : null}
    </>
  );
}

function useChoices<Choice>(of: { customer?: string }, text: string) {
  const [q] = useDebouncedValue(text.trim(), TYPING_MS);
  return useQuery({
    queryKey: ["switch", of.customer ?? "", q],
    queryFn: async ({ signal }): Promise<Choices<Choice>> => {
      const result = await fetch(`/switch?${new URLSearchParams({ ...of, q })}`, { signal });
      if (!result.ok) throw new Error(`The switcher was answered ${result.status}.`);
      return result.json();
    },
    placeholderData: keepPreviousData,
    staleTime: 15_000,
    retry: 1,
  });
}

/** A stable function, because an inline ref would take the focus back on every render. */
function focusOn(field: HTMLElement | null) {
  field?.focus();
}

function moveAmongItems(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>(`input, [${ITEM}]`)];
  const here = stops.findIndex((stop) => stop.matches(":focus"));
  stops[Math.max(0, Math.min(stops.length - 1, here + step))]?.focus();
}
