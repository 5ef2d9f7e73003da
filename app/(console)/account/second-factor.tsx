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

type Props = {
  /** Null while the second factor is off. */
  codesLeft: number | null;
  /** Whether the role needs one. */
  isRequired: boolean;
};

export function SecondFactor({ codesLeft, isRequired }: Props) {
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
      <p>
        On. {counted(codesLeft, "recovery code")} left.{isRequired ? " Your role needs it." : ""}
      </p>
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
          effect={isRequired ? TURNED_OFF_BRIEFLY : TURNED_OFF}
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

const TURNED_OFF = "You can then sign in with your password alone. The recovery codes stop working.";
const TURNED_OFF_BRIEFLY =
  "Your role needs one: you set up another one, such as on a new phone, before you can continue. The recovery codes stop working.";

async function newCodes(form: FormData) {
  const renewed = await renewCodes(form);
  if (!renewed.ok) return renewed;
  return { ok: true as const, title: "New recovery codes", shown: recoveryCodesShown(renewed.did) };
}
