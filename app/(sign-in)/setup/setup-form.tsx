"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { NewPassword } from "@/app/(sign-in)/new-password";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { WrongFields } from "@/components/forms/wrong-fields";
import { Problem } from "@/components/ui/problem";
import { setUp } from "./actions";

export function SetupForm({ token }: { token: string }) {
  const [unfinished, action, pending] = useActionState(setUp, null);
  return (
    <form className={styles.form} action={action}>
      <WrongFields after={unfinished} />
      {unfinished?.sentence ? <Problem>{unfinished.sentence}</Problem> : null}
      <input type="hidden" name="token" value={token} />
      <TextInput
        name="name"
        label="Your name"
        autoComplete="name"
        defaultValue={unfinished?.name}
        error={unfinished?.wrong.name}
        required
        withAsterisk={false}
      />
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
      <Button type="submit" loading={pending}>
        Create owner account
      </Button>
    </form>
  );
}
