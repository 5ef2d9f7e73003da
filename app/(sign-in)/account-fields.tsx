import { PasswordInput, type PasswordInputProps, TextInput } from "@mantine/core";
import type { ReactNode } from "react";

type PasswordProps = Pick<PasswordInputProps, "label" | "name" | "error"> & {
  "data-autofocus"?: true;
  /** The name of the button that shows what is typed. */
  show?: string;
};

/** The field for the password that an account has. */
export function OwnPassword({ show = "Show password", ...field }: PasswordProps) {
  return (
    <PasswordInput
      name="password"
      autoComplete="current-password"
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": show }}
      {...field}
    />
  );
}

/** The field for choosing the password of an account. */
export function NewPassword({ show = "Show password", ...field }: PasswordProps) {
  return (
    <PasswordInput
      name="password"
      label="Password"
      description="At least 12 characters, not easy to guess"
      autoComplete="new-password"
      minLength={12}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": show }}
      {...field}
    />
  );
}

/** The field for the name of a new account. */
export function YourName({ name, error }: { name: string | undefined; error: ReactNode }) {
  return (
    <TextInput
      name="name"
      label="Your name"
      autoComplete="name"
      defaultValue={name}
      error={error}
      required
      withAsterisk={false}
    />
  );
}

/** What a form behind a link sends along: the token, and the address, for password managers. */
export function LinkFields({ token, email }: { token: string; email: string }) {
  return (
    <>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="username" autoComplete="username" value={email} />
    </>
  );
}
