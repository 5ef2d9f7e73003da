import type { Metadata } from "next";
import { connection } from "next/server";
import { SetupLinkHint } from "@/app/(sign-in)/setup-link-hint";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { Day } from "@/components/text/when";
import { Link } from "@/components/ui/link";
import { Problem } from "@/components/ui/problem";
import { ownedSince } from "@/server/identity/people";
import { setupTokenHolds } from "@/server/identity/setup-token";
import { SetupForm } from "./setup-form";

export const metadata: Metadata = { title: "Set up" };

export default async function SetupPage({ searchParams }: { searchParams: Promise<{ token?: string }> }) {
  await connection();
  const { token } = await searchParams;
  const holds = typeof token === "string" && (await setupTokenHolds(token, new Date()));
  return (
    <>
      <h1>Set up Signet</h1>
      {holds ? (
        <>
          <p className={styles.lead}>
            Create the first owner account. Owners can do everything, including adding other owners.
          </p>
          <SetupForm token={token} />
        </>
      ) : (
        <NoValidLink isGiven={token !== undefined} since={await ownedSince()} />
      )}
    </>
  );
}

function NoValidLink({ isGiven, since }: { isGiven: boolean; since: Date | null }) {
  if (!since)
    return (
      <>
        <p className={styles.lead}>Open the setup link to create the first owner account.</p>
        {isGiven ? (
          <Problem>This setup link is not valid: it has expired, or a newer link replaced it.</Problem>
        ) : null}
        <SetupLinkHint />
      </>
    );
  return (
    <>
      <p className={styles.lead}>
        Signet has had an owner since <Day at={since} />. A setup link creates only the first owner. Sign in,
        or ask an owner for an account.
      </p>
      <Link href="/sign-in">Sign in</Link>
    </>
  );
}
