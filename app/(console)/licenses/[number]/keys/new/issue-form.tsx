"use client";

import { TextInput } from "@mantine/core";
import { ActionButton } from "@/components/action-button";
import { KeptForm } from "@/components/kept-form";
import { Problem } from "@/components/problem";
import { useAnswer } from "@/components/use-answer";
import type { ShownKey } from "@/server/license-keys";
import type { Answer } from "../../../../act";
import { KeyClaims } from "../key-claims";
import { KeyText } from "../key-text";
import styles from "./issue-form.module.css";

type Parts = {
  number: string;
  /** The signing key that signs now. */
  kid: string;
  why: string | null;
  issue: (before: Answer<ShownKey> | null, form: FormData) => Promise<Answer<ShownKey>>;
};

/** Issues a key, and shows what it will say and what it is. */
export function IssueForm({ number, kid, why, issue }: Parts) {
  const [answer, action, isPending] = useAnswer(issue);
  const issued = answer?.ok ? answer.did : null;
  return (
    <div className={styles.columns}>
      <KeptForm name="key" action={action} className={styles.form}>
        <TextInput
          name="label"
          label="Label"
          description="Where it will be used, for the people here. A product never sees it."
          placeholder="Warsaw, production"
          maxLength={200}
        />
        {answer && !answer.ok ? <Problem of={answer.refused} /> : null}
        <ActionButton type="submit" why={why} loading={isPending} className={styles.submit}>
          {issued ? "Issue another key" : "Issue key"}
        </ActionButton>
        {issued ? <Issued of={issued} /> : null}
      </KeptForm>
      <div className={styles.claims}>
        <h3>What it says</h3>
        <KeyClaims kid={issued?.kid ?? kid} jti={issued?.jti ?? "made when it is issued"} license={number} />
        <p>Nothing else is in it: neither the label, nor what was bought, nor when it ends.</p>
      </div>
    </div>
  );
}

function Issued({ of: { key, jti, license } }: { of: ShownKey }) {
  return (
    <div className={styles.issued} role="status">
      <h3>The key was issued</h3>
      <KeyText text={key} fileName={`key-${license}-${jti.slice(0, 8)}.txt`} />
      <p>It is shown again any time by Reveal, which is written to the audit.</p>
    </div>
  );
}
