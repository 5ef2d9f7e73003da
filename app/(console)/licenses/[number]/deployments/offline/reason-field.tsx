import { TextInput } from "@mantine/core";

/** Why a row is ended. */
export function ReasonField() {
  return (
    <TextInput
      name="reason"
      label="Reason"
      description="Optional. Shown in the audit log and in this list."
      maxLength={200}
      data-autofocus
    />
  );
}
