"use client";

import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState, useTransition } from "react";
import type { ActionRefusal } from "@/app/(console)/_lib/action-result";
import type { LicenseChoice } from "@/app/(console)/switch/choices";
import { orUnanswered } from "@/components/forms/unanswered";
import { Problem } from "@/components/ui/problem";
import { Seal } from "@/components/ui/seal";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { copyDraft } from "./actions";
import styles from "./copy-source.module.css";
import type { NewDraft } from "./new-draft";

type Found = LicenseChoice & { customer: string };
type Props = { onCopy(draft: NewDraft, number: string): void };

const TYPING_MS = 150;

/** Finds the license to copy by number, customer or key label. */
export function CopySource({ onCopy }: Props) {
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim(), TYPING_MS);
  const { data: found, isFetching } = useQuery({
    queryKey: ["license-to-copy", query],
    queryFn: ({ signal }) => findLicenses(query, signal),
    enabled: query !== "",
    placeholderData: (before) => before,
  });
  const { copy, refused, isPending } = useCopying(onCopy);
  return (
    <div className={styles.source}>
      <TextInput
        className={styles.field}
        label="License to copy"
        description="A number, customer or key label"
        type="search"
        autoComplete="off"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.preventDefault(); // it would create the license
        }}
      />
      {refused ? <Problem of={refused} /> : null}
      <p className={styles.none} role="status">
        {query !== "" && found?.length === 0 && !isFetching ? "No license matches." : null}
      </p>
      {query !== "" && found && found.length > 0 ? (
        <ul className={styles.found} aria-label="Licenses found">
          {found.map((license) => (
            <FoundRow key={license.number} of={license} isPending={isPending} copy={copy} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

type RowProps = { of: Found; isPending: boolean; copy(number: string): void };

function FoundRow({ of: { number, seal, customer, product, words }, isPending, copy }: RowProps) {
  return (
    <li>
      <Seal number={number} status={seal} size={28} />
      <span className={styles.words}>
        <span>{customer}</span>
        <span className={styles.about}>
          {formatLicenseNumber(number)} · {product} · {words}
        </span>
      </span>
      <Button
        size="compact-sm"
        variant="default"
        disabled={isPending}
        aria-label={`Copy ${customer}, ${formatLicenseNumber(number)}`}
        onClick={() => copy(number)}
      >
        Copy
      </Button>
    </li>
  );
}

function useCopying(onCopy: Props["onCopy"]) {
  const [refused, setRefused] = useState<ActionRefusal | null>(null);
  const [isPending, start] = useTransition();
  const copy = (number: string) =>
    start(async () => {
      const result = await orUnanswered(copyDraft(number));
      if (result.ok) onCopy(result.did, number);
      else setRefused(result.refused);
    });
  return { copy, refused, isPending };
}

/** A POST, so that typed text never appears in a URL. */
async function findLicenses(query: string, signal: AbortSignal): Promise<Found[]> {
  const result = await fetch("/find", { method: "POST", body: JSON.stringify({ query }), signal });
  if (!result.ok) throw new Error(`The server answered ${result.status}.`);
  const found: { licenses: Found[] } = await result.json();
  return found.licenses;
}
