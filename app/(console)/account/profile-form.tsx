"use client";

import { TextInput } from "@mantine/core";
import { ActionButton } from "@/components/action-button";
import form from "@/components/form.module.css";
import { KeptForm } from "@/components/kept-form";
import { Problem } from "@/components/problem";
import { useAnswer } from "@/components/use-answer";
import { WrongFields } from "@/components/wrong-fields";
import { wrongElsewhere, wrongField } from "../wrong-field";
import styles from "./account.module.css";
import { rename } from "./actions";

export function ProfileForm({ name }: { name: string }) {
  const [answer, action, isPending] = useAnswer(rename);
  const elsewhere = wrongElsewhere(answer, ["name"]);
  return (
    <KeptForm name="profile" className={form.form} action={action}>
      <WrongFields after={answer} />
      {elsewhere ? <Problem of={elsewhere} /> : null}
      <TextInput
        key={name}
        name="name"
        label="Name"
        description="Shown to other people and in the audit log."
        autoComplete="name"
        maxLength={200}
        defaultValue={name}
        error={wrongField(answer, "name")}
        required
        withAsterisk={false}
      />
      <div className={form.foot}>
        <ActionButton type="submit" loading={isPending}>
          Save name
        </ActionButton>
        {answer?.ok ? (
          <span role="status" className={styles.saved}>
            Saved.
          </span>
        ) : null}
      </div>
    </KeptForm>
  );
}
