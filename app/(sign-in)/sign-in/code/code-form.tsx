"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { enterCode } from "@/app/(sign-in)/sign-in/actions";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { WrongFields } from "@/components/forms/wrong-fields";
import { Problem } from "@/components/ui/problem";

type Props = { next: string; isRecovery: boolean };

/** The field accepts both kinds of codes; only the label and the keyboard differ. */
export function CodeForm({ next, isRecovery }: Props) {
  const [failed, action, pending] = useActionState(enterCode, null);
  return (
    <form className={styles.form} action={action}>
      <WrongFields after={failed} />
      {failed ? <Problem>{failed.sentence}</Problem> : null}
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
      <Button type="submit" loading={pending}>
        Sign in
      </Button>
    </form>
  );
}
