"use client";

import { TextInput } from "@mantine/core";
import { useActionState } from "react";
import { NewPassword, YourName } from "@/app/(sign-in)/account-fields";
import { AccountForm } from "@/app/(sign-in)/account-form";
import { setUp } from "./actions";

export function SetupForm({ token }: { token: string }) {
  const form = useActionState(setUp, null);
  const [unfinished] = form;
  return (
    <AccountForm form={form} submit="Create owner account">
      <input type="hidden" name="token" value={token} />
      <YourName name={unfinished?.name} error={unfinished?.wrong.name} />
      <TextInput
        name="email"
        type="email"
        label="E-mail"
        autoComplete="username"
        defaultValue={unfinished?.email}
        error={unfinished?.wrong.email}
        required
        withAsterisk={false}
      />
      <NewPassword error={unfinished?.wrong.password} />
    </AccountForm>
  );
}
