"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useActionState, useEffect } from "react";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { dropDrafts, readyDrafts } from "@/components/forms/kept-drafts";
import { WrongFields } from "@/components/forms/wrong-fields";
import { Problem } from "@/components/ui/problem";
import { signIn } from "./actions";

type Props = {
  next: string;
  /** Whether the person came here from a page of the console, and not by signing out. */
  isLed: boolean;
};

export function SignInForm({ next, isLed }: Props) {
  const [failed, action, pending] = useActionState(signIn, null);
  useEffect(() => (isLed ? readyDrafts : dropDrafts)(sessionStorage), [isLed]);
  return (
    <form className={styles.form} action={action}>
      <WrongFields after={failed} />
      {failed ? <Problem>{failed.sentence}</Problem> : null}
      <input type="hidden" name="next" value={next} />
      <TextInput
        name="email"
        type="email"
        label="E-mail"
        autoComplete="username"
        defaultValue={failed?.email}
        required
        withAsterisk={false}
      />
      <PasswordInput
        name="password"
        label="Password"
        error={failed !== null}
        autoComplete="current-password"
        required
        withAsterisk={false}
        visibilityToggleButtonProps={{ "aria-label": "Show password" }}
      />
      <Button type="submit" loading={pending}>
        Sign in
      </Button>
    </form>
  );
}
