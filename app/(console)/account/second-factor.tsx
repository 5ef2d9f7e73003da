"use client";

import { Button, PasswordInput } from "@mantine/core";
import { counted } from "@/components/text/numbers";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Link } from "@/components/ui/link";
import { OnceButton } from "@/components/ui/once-button";
import { recoveryCodesShown } from "@/components/ui/recovery-codes";
import styles from "./account.module.css";
import { renewCodes, turnOffSecondFactor } from "./actions";

/** `codesLeft` is null while the second factor is off. */
export function SecondFactor({ codesLeft }: { codesLeft: number | null }) {
  if (codesLeft === null)
    return (
      <div className={styles.factor}>
        <p>Off. Anyone who learns your password can sign in as you.</p>
        <Button renderRoot={(props) => <Link href="/second-factor?next=/account" {...props} />}>
          Turn on
        </Button>
      </div>
    );
  return (
    <div className={styles.factor}>
      <p>On. {counted(codesLeft, "recovery code")} left.</p>
      <div className={styles.buttons}>
        <OnceButton
          title="Create new recovery codes?"
          form={
            <>
              <p>Your remaining codes stop working.</p>
              <OwnPassword />
            </>
          }
          action="Create new codes"
          make={newCodes}
        >
          Create recovery codes…
        </OnceButton>
        <ConfirmButton
          title="Turn off the second factor?"
          effect="You can then sign in with your password alone. The recovery codes stop working."
          fields={<OwnPassword />}
          action="Turn off"
          color="danger"
          onConfirm={turnOffSecondFactor}
        >
          Turn off…
        </ConfirmButton>
      </div>
    </div>
  );
}

function OwnPassword() {
  return (
    <PasswordInput
      data-autofocus
      name="password"
      label="Your password"
      autoComplete="current-password"
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": "Show password" }}
    />
  );
}

async function newCodes(form: FormData) {
  const renewed = await renewCodes(form);
  if (!renewed.ok) return renewed;
  return { ok: true as const, title: "New recovery codes", shown: recoveryCodesShown(renewed.did) };
}
