"use client";

import { ResultForm } from "@/app/(console)/_lib/result-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import { NewPassword, OwnPassword } from "@/app/(sign-in)/account-fields";
import { useResult } from "@/components/forms/use-result";
import { counted } from "@/components/text/numbers";
import { setPassword } from "./actions";

export function PasswordForm({ email }: { email: string }) {
  const form = useResult(setPassword);
  const [result] = form;
  return (
    <ResultForm
      form={form}
      fields={["password", "chosen"]}
      keptAs={null}
      submit="Change password"
      done={(ended) => `Changed${ended > 0 ? `, and ${counted(ended, "other session")} ended` : ""}.`}
    >
      <input type="hidden" name="username" autoComplete="username" value={email} />
      <OwnPassword
        label="Current password"
        error={wrongField(result, "password")}
        show="Show the current password"
      />
      <NewPassword
        name="chosen"
        label="New password"
        error={wrongField(result, "chosen")}
        show="Show the new password"
      />
    </ResultForm>
  );
}
