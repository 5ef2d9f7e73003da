"use client";

import { useActionState } from "react";
import { LinkFields, NewPassword } from "@/app/(sign-in)/account-fields";
import { AccountForm } from "@/app/(sign-in)/account-form";
import { setNewPassword } from "./actions";

export function RecoverForm({ token, email }: { token: string; email: string }) {
  const form = useActionState(setNewPassword, null);
  const [unrecovered] = form;
  return (
    <AccountForm form={form} keptAs="recovery" submit="Set password">
      <LinkFields {...{ token, email }} />
      <NewPassword label="New password" error={unrecovered?.wrong.password} />
    </AccountForm>
  );
}
