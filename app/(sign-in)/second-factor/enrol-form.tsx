"use client";

import { Button, TextInput } from "@mantine/core";
import { useActionState } from "react";
import { OwnPassword } from "@/app/(sign-in)/account-fields";
import { AccountForm } from "@/app/(sign-in)/account-form";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { CopyButton } from "@/components/ui/copy-button";
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
  /** Whether the role needs it: then there is nothing else to do but to sign out. */
  isRequired: boolean;
  signOut(): Promise<void>;
};

/** Turns on the second factor in three steps: password, first code, recovery codes. */
export function EnrolForm({ next, why, isRequired, signOut }: Props) {
  const form = useActionState(enrol, BEGIN);
  const [step] = form;
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
    <AccountForm
      key={step.at}
      form={form}
      submit={step.at === "password" ? "Continue" : "Turn on"}
      intro={
        <p className={styles.intro}>
          {isRequired ? "Your role needs a second factor. Set it up to continue. " : ""}
          Add a code from your phone, so a leaked password isn't enough to sign in.
        </p>
      }
      foot={isRequired ? <SignOut signOut={signOut} /> : <TextLink href={next}>Skip for now</TextLink>}
    >
      {step.at === "password" ? (
        <OwnPassword label="Your password, to confirm it's you" error={isWrong} />
      ) : (
        <CodeStep isWrong={isWrong} {...step} />
      )}
    </AccountForm>
  );
}

/** A button of the form itself: the form can't hold another one. It sends without what the form asks for. */
function SignOut({ signOut }: Pick<Props, "signOut">) {
  return (
    <Button type="submit" variant="subtle" formAction={signOut} formNoValidate>
      Sign out
    </Button>
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
