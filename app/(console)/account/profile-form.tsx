"use client";

import { TextInput } from "@mantine/core";
import { ResultForm } from "@/app/(console)/_lib/result-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import { useResult } from "@/components/forms/use-result";
import { rename } from "./actions";

export function ProfileForm({ name }: { name: string }) {
  const form = useResult(rename);
  const [result] = form;
  return (
    <ResultForm form={form} fields={["name"]} keptAs="profile" submit="Save name" done={() => "Saved."}>
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
    </ResultForm>
  );
}
