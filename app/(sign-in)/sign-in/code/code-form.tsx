"use client";

import { TextInput } from "@mantine/core";
import { useActionState } from "react";
import { AccountForm } from "@/app/(sign-in)/account-form";
import { enterCode } from "@/app/(sign-in)/sign-in/actions";

type Props = { next: string; isRecovery: boolean };

/** The field accepts both kinds of codes; only the label and the keyboard differ. */
export function CodeForm({ next, isRecovery }: Props) {
  const form = useActionState(enterCode, null);
  const [failed] = form;
  return (
    <AccountForm form={form} submit="Sign in">
      <input type="hidden" name="next" value={next} />
      <TextInput
        key={String(isRecovery)}
        name="code"
        label={isRecovery ? "Recovery code" : "Code"}
        description={isRecovery ? "Like abcde-fghjk" : "6 digits"}
        autoComplete={isRecovery ? "off" : "one-time-code"}
        inputMode={isRecovery ? "text" : "numeric"}
        autoCapitalize="none"
        spellCheck={false}
        error={failed !== null}
        required
        withAsterisk={false}
      />
    </AccountForm>
  );
}
