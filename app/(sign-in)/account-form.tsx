"use client";

import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { CheckedForm } from "@/components/forms/checked-form";
import { Problem } from "@/components/ui/problem";
import styles from "./sign-in.module.css";

type Result = { sentence?: string } | null;
type Props = {
  /** `useActionState` of the form's action. */
  form: [result: Result, action: (form: FormData) => void, isPending: boolean];
  submit: string;
  keptAs?: string;
  intro?: ReactNode;
  /** What is below the button. */
  foot?: ReactNode;
  children: ReactNode;
};

/** The form of a page for people who aren't signed in yet. */
export function AccountForm({ form, submit, foot, children, ...kept }: Props) {
  const [result, action, isPending] = form;
  const problem = result?.sentence ? <Problem>{result.sentence}</Problem> : null;
  return (
    <CheckedForm className={styles.form} {...{ action, result, problem }} {...kept}>
      {children}
      <Button type="submit" loading={isPending}>
        {submit}
      </Button>
      {foot}
    </CheckedForm>
  );
}
