import { TextInput } from "@mantine/core";

/** The field for the reason to close or return an entry. */
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
