"use client";

import { PasswordInput } from "@mantine/core";
import { wrongElsewhere, wrongField } from "@/app/(console)/_lib/wrong-field";
import form from "@/components/forms/form.module.css";
import { useResult } from "@/components/forms/use-result";
import { WrongFields } from "@/components/forms/wrong-fields";
import { counted } from "@/components/text/numbers";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import styles from "./account.module.css";
import { setPassword } from "./actions";

const field = { required: true, withAsterisk: false } as const;

export function PasswordForm({ email }: { email: string }) {
  const [result, action, isPending] = useResult(setPassword);
  const elsewhere = wrongElsewhere(result, ["password", "chosen"]);
  return (
    <form className={form.form} action={action}>
      <WrongFields after={result} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <PasswordInput
        {...field}
        name="password"
        label="Current password"
        autoComplete="current-password"
        error={wrongField(result, "password")}
        visibilityToggleButtonProps={{ "aria-label": "Show the current password" }}
      />
      <PasswordInput
        {...field}
        name="chosen"
        label="New password"
        description="At least 12 characters, not easy to guess"
        autoComplete="new-password"
        minLength={12}
        error={wrongField(result, "chosen")}
        visibilityToggleButtonProps={{ "aria-label": "Show the new password" }}
      />
      <div className={form.foot}>
        <ActionButton type="submit" loading={isPending}>
          Change password
        </ActionButton>
        {result?.ok ? (
          <span role="status" className={styles.saved}>
            Changed{result.did > 0 ? `, and ${counted(result.did, "other session")} ended` : ""}.
          </span>
        ) : null}
      </div>
    </form>
  );
}
