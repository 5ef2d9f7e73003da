"use client";

import { useActionState } from "react";
import { LinkFields, NewPassword, YourName } from "@/app/(sign-in)/account-fields";
import { AccountForm } from "@/app/(sign-in)/account-form";
import { accept } from "./actions";

/**
 * The form in which an invited person enters a name and chooses a password; password managers need the email address.
 */
export function AcceptForm({ token, email }: { token: string; email: string }) {
  const form = useActionState(accept, null);
  const [unaccepted] = form;
  return (
    <AccountForm form={form} keptAs="account" submit="Create account">
      <LinkFields {...{ token, email }} />
      <YourName name={unaccepted?.name} error={unaccepted?.wrong.name} />
      <NewPassword error={unaccepted?.wrong.password} />
    </AccountForm>
  );
}
