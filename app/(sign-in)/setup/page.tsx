import type { Metadata } from "next";
import Link from "next/link";
import { connection } from "next/server";
import { Problem } from "@/components/problem";
import { Day } from "@/components/when";
import { setupTokenHolds } from "@/server/installation";
import { ownedSince } from "@/server/people";
import styles from "../sign-in.module.css";
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
            You make the account of the first owner. Owners can do everything here, also make other owners.
          </p>
          <SetupForm token={token} />
        </>
      ) : (
        <SetupOver since={await ownedSince()} />
      )}
    </>
  );
}

function SetupOver({ since }: { since: Date | null }) {
  if (!since)
    return (
      <Problem>
        This set-up link is not valid: it is older than an hour, or a newer one replaced it. Start the server
        again to print a new one.
      </Problem>
    );
  return (
    <>
      <p className={styles.lead}>
        This link was used: Signet has had an owner since <Day at={since} />. A set-up link makes the first
        owner only. Ask an owner for an account, or sign in with yours.
      </p>
      <Link href="/sign-in">Sign in</Link>
    </>
  );
}
