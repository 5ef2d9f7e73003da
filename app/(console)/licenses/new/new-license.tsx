"use client";

import { TextInput } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { useRouter } from "next/navigation";
import { useState, useTransition } from "react";
import type { ActionRefusal } from "@/app/(console)/_lib/action-result";
import { DefinitionForm } from "@/app/(console)/licenses/[number]/definition/definition-form";
import { fieldMessagesOf } from "@/app/(console)/licenses/[number]/definition/field-paths";
import { orUnanswered } from "@/components/forms/unanswered";
import { useKeptDraft } from "@/components/forms/use-kept-draft";
import { WrongFields } from "@/components/forms/wrong-fields";
import { LeaveGuard } from "@/components/shell/leave-guard";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import { Section } from "@/components/ui/section";
import { create } from "./actions";
import { CustomerSection } from "./customer-section";
import { LefSection } from "./lef-section";
import { type NewDraft, sentOf } from "./new-draft";
import styles from "./new-license.module.css";
import { ProductsSection } from "./products-section";

type Props = { first: NewDraft; customers: readonly string[]; why: string | null; now: Date };

/** The form for a new license. */
export function NewLicense({ first, customers, why, now }: Props) {
  const [draft, setDraft] = useState(first);
  const [filled, setFilled] = useState(0); // changes when a LEF is used, which resets the fields
  const { make, refused, isPending, isMade } = useMaking(draft);
  const isTyped = draft !== first && !isMade;
  useKeptDraft({ name: "license", draft: () => (isTyped ? draft : null), restore: setDraft });
  const isAlive = useMounted(); // text typed before hydration would be lost
  const places = fieldMessagesOf(refused);
  const change = (part: Partial<NewDraft>) => setDraft((before) => ({ ...before, ...part }));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!why) make();
      }}
    >
      <LeaveGuard when={isTyped} what="The license hasn't been created yet." />
      <WrongFields after={refused} />
      <fieldset className={styles.whole} disabled={why !== null || isPending || !isAlive}>
        <legend className={styles.hidden}>The new license</legend>
        <LefSection
          number={draft.number}
          onUse={({ serial, definition }) => {
            change({ number: serial, definition, products: [] });
            setFilled((times) => times + 1);
          }}
        />
        <Section title="Customer" id="customer">
          <CustomerSection customer={draft.customer} customers={customers} places={places} change={change} />
        </Section>
        <Section title="Entitlements" id="definition">
          <DefinitionForm
            key={filled}
            draft={{ definition: draft.definition, edit: (definition) => change({ definition }) }}
            places={places}
            base={EMPTY_BASE}
            now={now}
          />
          <ProductsSection draft={draft} places={places} change={change} />
        </Section>
        <Section title="License number" id="number">
          <TextInput
            className={styles.field}
            label="License number"
            description="16 digits. Leave it empty to get one assigned."
            inputMode="numeric"
            autoComplete="off"
            value={draft.number}
            onChange={({ currentTarget }) => change({ number: currentTarget.value })}
            error={places.get("/number")}
          />
        </Section>
      </fieldset>
      <div className={styles.foot}>
        {refused ? <Problem of={refused} /> : null}
        <ActionButton type="submit" why={why ?? lacking(draft)} loading={isPending}>
          Create license
        </ActionButton>
      </div>
    </form>
  );
}

/** Nothing of a new license is in force yet, so every name and class can be chosen. */
const EMPTY_BASE = { product: "", valid: "", trial: false, allotments: [], parameters: [] };

function useMaking(draft: NewDraft) {
  const router = useRouter();
  const [refused, setRefused] = useState<ActionRefusal | null>(null);
  const [isMade, setMade] = useState(false);
  const [isPending, start] = useTransition();
  const make = () =>
    start(async () => {
      const result = await orUnanswered(create(sentOf(draft)));
      if (!result.ok) return setRefused(result.refused);
      setMade(true);
      router.push(`/licenses/${result.did}`);
    });
  return { make, refused, isPending, isMade };
}

/** The missing input without which a license can't be created. */
function lacking({ customer, definition: { product } }: NewDraft): string | null {
  if (!customer.trim()) return "Enter the customer first.";
  return product.trim() ? null : "Enter the product first.";
}
