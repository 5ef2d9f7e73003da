"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { Problem } from "@/components/problem";
import styles from "../../sign-in.module.css";
import { enterCode } from "../actions";

export function CodeForm({ next }: { next: string }) {
  const [failed, action, pending] = useActionState(enterCode, null);
  return (
    <form className={styles.form} action={action}>
      {failed ? <Problem>{failed.sentence}</Problem> : null}
      <input type="hidden" name="next" value={next} />
      <TextInput
        name="code"
        label="Code"
        description="6 digits, or one of your recovery codes"
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        required
        withAsterisk={false}
      />
      <Button type="submit" loading={pending}>
        Sign in
      </Button>
    </form>
  );
}
