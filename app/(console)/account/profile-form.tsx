"use client";

import { TextInput } from "@mantine/core";
import { wrongElsewhere, wrongField } from "@/app/(console)/_lib/wrong-field";
import form from "@/components/forms/form.module.css";
import { KeptForm } from "@/components/forms/kept-form";
import { useResult } from "@/components/forms/use-result";
import { WrongFields } from "@/components/forms/wrong-fields";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import styles from "./account.module.css";
import { rename } from "./actions";

export function ProfileForm({ name }: { name: string }) {
  const [result, action, isPending] = useResult(rename);
  const elsewhere = wrongElsewhere(result, ["name"]);
  return (
    <KeptForm name="profile" className={form.form} action={action}>
      <WrongFields after={result} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <TextInput
        key={name}
        name="name"
        label="Name"
        description="Shown to other people and in the audit log."
        autoComplete="name"
        maxLength={200}
        defaultValue={name}
        error={wrongField(result, "name")}
        required
        withAsterisk={false}
      />
      <div className={form.foot}>
        <ActionButton type="submit" loading={isPending}>
          Save name
        </ActionButton>
        {result?.ok ? (
          <span role="status" className={styles.saved}>
            Saved.
          </span>
        ) : null}
      </div>
    </KeptForm>
  );
}
