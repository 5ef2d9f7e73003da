"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { NewPassword } from "@/app/(sign-in)/new-password";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { KeptForm } from "@/components/forms/kept-form";
import { WrongFields } from "@/components/forms/wrong-fields";
import { Problem } from "@/components/ui/problem";
import { accept } from "./actions";

/**
 * The form in which an invited person enters a name and chooses a password; password managers need the email address.
 */
export function AcceptForm({ token, email }: { token: string; email: string }) {
  const [unaccepted, action, pending] = useActionState(accept, null);
  return (
    <KeptForm name="account" className={styles.form} action={action}>
      <WrongFields after={unaccepted} />
      {unaccepted?.sentence ? <Problem>{unaccepted.sentence}</Problem> : null}
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <TextInput
        name="name"
        label="Your name"
        autoComplete="name"
        defaultValue={unaccepted?.name}
        error={unaccepted?.wrong.name}
        required
        withAsterisk={false}
      />
      <NewPassword error={unaccepted?.wrong.password} />
      <Button type="submit" loading={pending}>
        Create account
      </Button>
    </KeptForm>
  );
}
