"use client";

import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useActionState } from "react";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { WrongFields } from "@/components/forms/wrong-fields";
import { CopyButton } from "@/components/ui/copy-button";
import { Problem } from "@/components/ui/problem";
import { recoveryCodesShown } from "@/components/ui/recovery-codes";
import { ShownPage } from "@/components/ui/shown-secret";
import { TextLink } from "@/components/ui/text-link";
import { type Enrolling, enrol } from "./actions";
import { QrCode } from "./qr-code";

const BEGIN: Enrolling = { at: "password" };

type Props = {
  next: string;
  /** Why there is nothing to turn on. It becomes true while the recovery codes are shown, which stay visible. */
  why: string | null;
};

/** Turns on the second factor in three steps: password, first code, recovery codes. */
export function EnrolForm({ next, why }: Props) {
  const [step, action, pending] = useActionState(enrol, BEGIN);
  if (step.at === "codes")
    return (
      <ShownPage
        title="Second factor turned on"
        shown={recoveryCodesShown(step.codes)}
        done={{ href: next, name: "Finish" }}
      />
    );
  if (why)
    return (
      <>
        <p className={styles.lead}>{why}</p>
        <TextLink href={next}>Continue</TextLink>
      </>
    );
  const isWrong = step.sentence !== undefined;
  return (
    <form className={styles.form} action={action} key={step.at}>
      <p className={styles.intro}>
        Add a code from your phone, so a leaked password isn't enough to sign in.
      </p>
      <WrongFields after={step} />
      {step.sentence ? <Problem>{step.sentence}</Problem> : null}
      {step.at === "password" ? <PasswordStep isWrong={isWrong} /> : <CodeStep isWrong={isWrong} {...step} />}
      <Button type="submit" loading={pending}>
        {step.at === "password" ? "Continue" : "Turn on"}
      </Button>
      <TextLink href={next}>Skip for now</TextLink>
    </form>
  );
}

function PasswordStep({ isWrong }: { isWrong: boolean }) {
  return (
    <PasswordInput
      name="password"
      label="Your password, to confirm it's you"
      autoComplete="current-password"
      error={isWrong}
      required
      withAsterisk={false}
      visibilityToggleButtonProps={{ "aria-label": "Show password" }}
    />
  );
}

function CodeStep({ address, secret, isWrong }: { address: string; secret: string; isWrong: boolean }) {
  return (
    <>
      <p>Scan this with an authenticator app, or enter the secret manually.</p>
      <QrCode text={address} label="QR code of the secret below" />
      <p className={styles.secret}>
        <code>{secret.match(/.{1,4}/g)?.join(" ")}</code>
      </p>
      <div className={styles.ways}>
        <CopyButton text={secret} size="xs">
          Copy secret
        </CopyButton>
      </div>
      <TextInput
        name="code"
        label="6-digit code"
        inputMode="numeric"
        autoComplete="one-time-code"
        error={isWrong}
        required
        withAsterisk={false}
      />
    </>
  );
}
