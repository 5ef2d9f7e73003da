"use client";

import { Button } from "@mantine/core";
import { useActionState } from "react";
import { NewPassword } from "@/app/(sign-in)/new-password";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { KeptForm } from "@/components/forms/kept-form";
import { WrongFields } from "@/components/forms/wrong-fields";
import { Problem } from "@/components/ui/problem";
import { setNewPassword } from "./actions";

export function RecoverForm({ token, email }: { token: string; email: string }) {
  const [unrecovered, action, pending] = useActionState(setNewPassword, null);
  return (
    <KeptForm name="recovery" className={styles.form} action={action}>
      <WrongFields after={unrecovered} />
      {unrecovered?.sentence ? <Problem>{unrecovered.sentence}</Problem> : null}
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <NewPassword label="New password" error={unrecovered?.wrong.password} />
      <Button type="submit" loading={pending}>
        Set password
      </Button>
    </KeptForm>
  );
}
