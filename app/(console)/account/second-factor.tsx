"use client";

import { Button } from "@mantine/core";
import { OwnPassword } from "@/app/(sign-in)/account-fields";
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
              <OwnPassword data-autofocus label="Your password" />
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
          fields={<OwnPassword data-autofocus label="Your password" />}
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

async function newCodes(form: FormData) {
  const renewed = await renewCodes(form);
  if (!renewed.ok) return renewed;
  return { ok: true as const, title: "New recovery codes", shown: recoveryCodesShown(renewed.did) };
}
