import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SetupLinkHint } from "@/app/(sign-in)/setup-link-hint";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { ownPath } from "@/app/own-path";
import { Problem } from "@/components/ui/problem";
import { identityProviderName } from "@/server/identity/identity-provider";
import { ownedSince } from "@/server/identity/people";
import { findSignedIn } from "@/server/identity/session";
import { providerError } from "./provider-labels";
import { ProviderLink } from "./provider-link";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

type Props = { searchParams: Promise<{ next?: string; error?: string }> };

export default async function SignInPage({ searchParams }: Props) {
  const { next: asked, error } = await searchParams;
  const next = ownPath(asked);
  const provider = identityProviderName();
  if (await findSignedIn()) redirect(next);
  const host = (await headers()).get("host");
  if (!(await ownedSince())) return <NoOwnerYet host={host} />;
  return (
    <>
      <h1>Sign in</h1>
      <p className={styles.lead}>to {host}</p>
      {provider ? (
        <div className={styles.provider}>
          {error ? <Problem>{providerError(error, provider)}</Problem> : null}
          <ProviderLink next={next} name={provider} />
        </div>
      ) : null}
      <SignInForm next={next} isLed={asked !== undefined} />
      <p className={styles.aside}>
        Lost your authenticator? Sign in with your password, then use a recovery code. Lost the password? Ask
        an owner for a recovery link.
      </p>
    </>
  );
}

/** A page without a form, because nobody can sign in before there is an owner. */
function NoOwnerYet({ host }: { host: string | null }) {
  return (
    <>
      <h1>Set up Signet</h1>
      <p className={styles.lead}>{host} has no accounts yet.</p>
      <SetupLinkHint />
    </>
  );
}
