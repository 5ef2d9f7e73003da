"use client";

import type { ReactNode } from "react";
import { CheckedForm } from "@/components/forms/checked-form";
import styles from "@/components/forms/form.module.css";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import type { ActionResult } from "./action-result";
import { wrongElsewhere } from "./wrong-field";

export type ResultFormProps<T> = {
  /** `useResult` of the form's action. */
  form: [result: ActionResult<T> | null, action: (form: FormData) => void, isPending: boolean];
  /** The fields that show their own errors. */
  fields: string[];
  submit: string;
  /** Why the action isn't available. */
  why?: string | null;
  /** Names the draft of the form; null for one that is cleared after each try, such as a form with passwords. */
  keptAs: string | null;
  /** The sentence beside the button after the action was done. */
  done?: (did: T) => string;
  children: ReactNode;
};

/** A form whose action answers with a result: errors at the top, below it the button, and what was done beside it. */
export function ResultForm<T>({ form, fields, submit, why, keptAs, done, children }: ResultFormProps<T>) {
  const [result, action, isPending] = form;
  const elsewhere = wrongElsewhere(result, fields);
  const problem = elsewhere ? <Problem of={elsewhere} /> : null;
  return (
    <CheckedForm className={styles.form} {...{ action, result, keptAs, problem }}>
      {children}
      <ResultFoot {...{ result, isPending, submit, why, done }} />
    </CheckedForm>
  );
}

type FootProps<T> = Pick<ResultFormProps<T>, "submit" | "why" | "done"> & {
  result: ActionResult<T> | null;
  isPending: boolean;
};

/** The button of a form, and beside it what was done. */
export function ResultFoot<T>({ result, isPending, submit, why, done }: FootProps<T>) {
  return (
    <div className={styles.foot}>
      <ActionButton type="submit" why={why} loading={isPending}>
        {submit}
      </ActionButton>
      {done && result?.ok ? (
        <span role="status" className={styles.saved}>
          {done(result.did)}
        </span>
      ) : null}
    </div>
  );
}
