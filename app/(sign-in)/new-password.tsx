import { PasswordInput } from "@mantine/core";

/** The field for a new password. */
export function NewPassword({ label = "Password", error }: { label?: string; error: string | undefined }) {
  return (
    <PasswordInput
      name="password"
      label={label}
      description="At least 12 characters, not easy to guess"
      autoComplete="new-password"
      minLength={12}
      error={error}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": "Show password" }}
    />
  );
}
