"use client";

import { TextInput } from "@mantine/core";
import { useActionState, useEffect } from "react";
import { OwnPassword } from "@/app/(sign-in)/account-fields";
import { AccountForm } from "@/app/(sign-in)/account-form";
import { readyDrafts } from "@/components/forms/kept-drafts";
import { signIn } from "./actions";

type Props = {
  next: string;
  /** Whether the person came here from a page of the console, and not by signing out. */
  isLed: boolean;
};

export function SignInForm({ next, isLed }: Props) {
  const form = useActionState(signIn, null);
  const [failed] = form;
  useEffect(() => (isLed ? readyDrafts(sessionStorage) : sessionStorage.clear()), [isLed]);
  return (
    <AccountForm form={form} submit="Sign in">
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
      <OwnPassword label="Password" error={failed !== null} />
    </AccountForm>
  );
}
