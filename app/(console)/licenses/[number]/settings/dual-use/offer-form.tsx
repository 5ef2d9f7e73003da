"use client";

import { NumberInput, TextInput } from "@mantine/core";
import { type FormEvent, useState, useTransition } from "react";
import { type ActionResult, isConflict } from "@/app/(console)/_lib/action-result";
import { wrongElsewhere, wrongField } from "@/app/(console)/_lib/wrong-field";
import { DayInput } from "@/components/forms/day-input";
import { EditConflict } from "@/components/forms/edit-conflict";
import { orUnanswered } from "@/components/forms/unanswered";
import { useEditedDraft } from "@/components/forms/use-edited-draft";
import { WrongFields } from "@/components/forms/wrong-fields";
import { useChanges } from "@/components/shell/changes";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { SubmitActions } from "@/components/ui/dialog-actions";
import { Problem } from "@/components/ui/problem";
import type { DualUseOffer, OfferTerms } from "@/server/dual-use/dual-use-terms";
import { termsLabel } from "./offer-labels";
import styles from "./offers.module.css";

type Draft = OfferTerms & { products: string[] };
type Props = {
  /** The offer to change, whose products are fixed; without it the form creates one. */
  offer?: DualUseOffer;
  today: string;
  action: string;
  done: string;
  /** Sends what was typed, based on the terms that were seen. */
  send: (draft: Draft, seen: OfferTerms) => Promise<ActionResult<void>>;
  onClose: () => void;
};

const FIELDS = ["products", "deployments", "until", "note"];

/** The form of an offer: products, number of deployments, end date, and note. */
export function OfferForm({ offer, today, action, done, send, onClose }: Props) {
  const { typed, set, seen, isOutdated, ...edit } = useTyped(offer);
  const dates = useDateStyle();
  const { products, deployments, until, note } = typed;
  const [result, setAnswer] = useState<ActionResult<void> | null>(null);
  const [isPending, start] = useTransition();
  const { did } = useChanges();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isOutdated) return;
    start(async () => {
      const sent = await orUnanswered(send(draftOf(typed), seen));
      setAnswer(isConflict(sent) ? null : sent);
      if (!sent.ok) return;
      edit.settle();
      onClose();
      did({ words: done });
    });
  };
  const wrong = (field: string) => wrongField(result, field);
  const elsewhere = wrongElsewhere(result, FIELDS);
  return (
    <form onSubmit={submit} className={styles.form} noValidate>
      <WrongFields after={result} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      {offer ? null : (
        <TextInput
          label="Products"
          description="Product codes, comma-separated, as the products send them."
          value={products}
          onChange={({ currentTarget }) => set({ products: currentTarget.value })}
          error={wrong("products")}
          data-autofocus
        />
      )}
      <NumberInput
        label="Deployments"
        description="How many an admin can accept. Leave empty for any number."
        placeholder="Any number"
        value={deployments}
        onChange={(value) => set({ deployments: value })}
        allowDecimal={false}
        allowNegative={false}
        error={wrong("deployments")}
        data-autofocus={offer ? true : undefined}
      />
      <DayInput
        label="Accept until (UTC, inclusive)"
        description="Optional. Deployments accepted by then are kept."
        min={today}
        value={until}
        onChange={(day) => set({ until: day })}
        error={wrong("until")}
      />
      <TextInput
        label="Note"
        description="Optional. Shown here and in the audit log."
        maxLength={200}
        value={note}
        onChange={({ currentTarget }) => set({ note: currentTarget.value })}
        error={wrong("note")}
      />
      {offer && isOutdated ? (
        <EditConflict
          what="this offer"
          theirs={<p>{termsLabel(offer, dates)}</p>}
          onKeep={edit.keep}
          onDiscard={edit.discard}
        />
      ) : null}
      <SubmitActions onClose={onClose} isPending={isPending}>
        {action}
      </SubmitActions>
    </form>
  );
}

type Typed = { products: string; deployments: number | string; until: string; note: string };

/** The values of the fields, and the terms that they change. */
function useTyped(offer: DualUseOffer | undefined) {
  const saved: Typed = {
    products: offer?.products.join(", ") ?? "QV",
    deployments: offer?.deployments ?? "",
    until: offer?.until ?? "",
    note: offer?.note ?? "",
  };
  const {
    draft: typed,
    change,
    base,
    ...edit
  } = useEditedDraft({
    name: `offer ${offer?.id ?? ""}`,
    saved,
    tag: JSON.stringify(saved),
  });
  const { products: _, ...seen } = draftOf(JSON.parse(base));
  return { ...edit, typed, seen, set: (part: Partial<Typed>) => change({ ...typed, ...part }) };
}

function draftOf({ products, deployments, until, note }: Typed): Draft {
  const codes = products.split(",").map((code) => code.trim());
  return {
    products: codes.filter((code) => code !== ""),
    deployments: deployments === "" ? null : Number(deployments),
    until: until === "" ? null : until,
    note,
  };
}
