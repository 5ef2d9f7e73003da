"use client";

import { TextInput } from "@mantine/core";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import { KeptForm } from "@/components/forms/kept-form";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { useResult } from "@/components/forms/use-result";
import { WrongFields } from "@/components/forms/wrong-fields";
import { ActionButton } from "@/components/ui/action-button";
import styles from "./name-form.module.css";

type Props = {
  /** The customer to rename; without it the form creates one. */
  customer?: { id: string; name: string; tag: string };
  why: string | null;
  save(before: ActionResult<unknown> | null, form: FormData): Promise<ActionResult<unknown>>;
};

/** The form for the name of a customer. */
export function NameForm({ customer, why, save }: Props) {
  const [result, action, isPending] = useResult(save);
  return (
    <KeptForm name="customer" action={action} className={styles.form}>
      <WrongFields after={result} />
      {customer ? <input type="hidden" name="id" value={customer.id} /> : null}
      {customer ? <input type="hidden" name="tag" value={customer.tag} /> : null}
      <TextInput
        name="name"
        label={customer ? "Name" : "Customer name"}
        required
        withAsterisk={false}
        maxLength={200}
        autoComplete="off"
        defaultValue={customer?.name}
        error={result && !result.ok ? result.refused.sentence : undefined}
      />
      <ActionButton type="submit" why={why} loading={isPending} variant={customer ? "default" : "filled"}>
        {customer ? "Rename" : "Create customer"}
      </ActionButton>
      {customer && result?.ok ? (
        <p role="status" className={styles.done}>
          Renamed.
        </p>
      ) : null}
      {result && !result.ok ? (
        <p className={styles.done}>
          <RefusalMarks of={result.refused} />
        </p>
      ) : null}
    </KeptForm>
  );
}
