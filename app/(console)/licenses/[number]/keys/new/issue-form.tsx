"use client";

import { TextInput } from "@mantine/core";
import type { FormAction } from "@/app/(console)/_lib/action-result";
import { KeyClaims } from "@/app/(console)/licenses/[number]/keys/key-claims";
import { KeyText } from "@/app/(console)/licenses/[number]/keys/key-text";
import { KeptForm } from "@/components/forms/kept-form";
import { useResult } from "@/components/forms/use-result";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { ShownKey } from "@/server/keys/license-keys";
import styles from "./issue-form.module.css";

type Props = {
  number: string;
  /** The kid of the active signing key. */
  kid: string;
  why: string | null;
  issue: FormAction<ShownKey>;
};

/** The form to issue a key. It shows the key's future claims first, then the key. */
export function IssueForm({ number, kid, why, issue }: Props) {
  const [result, action, isPending] = useResult(issue);
  const issued = result?.ok ? result.did : null;
  return (
    <div className={styles.columns}>
      <KeptForm name="key" action={action} className={styles.form}>
        <TextInput
          name="label"
          label="Label"
          description="Where the key will be used. Shown only in this console."
          placeholder="Warsaw, production"
          maxLength={200}
        />
        {result && !result.ok ? <Problem of={result.refused} /> : null}
        <ActionButton type="submit" why={why} loading={isPending} className={styles.submit}>
          {issued ? "Issue another key" : "Issue key"}
        </ActionButton>
        {issued ? <Issued of={issued} /> : null}
      </KeptForm>
      <div className={styles.claims}>
        <h3>Key contents</h3>
        <KeyClaims kid={issued?.kid ?? kid} jti={issued?.jti ?? "generated on issue"} license={number} />
        <p>It contains nothing else: no label, no entitlements, no end date.</p>
      </div>
    </div>
  );
}

function Issued({ of: { key, jti, license } }: { of: ShownKey }) {
  return (
    <div className={styles.issued} role="status">
      <h3>Key issued</h3>
      <KeyText text={key} fileName={`key-${license}-${jti.slice(0, 8)}.txt`} />
      <p>You can show it again with Reveal, which is recorded in the audit log.</p>
    </div>
  );
}
