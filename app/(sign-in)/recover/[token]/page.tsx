import type { Metadata } from "next";
import { connection } from "next/server";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { Problem } from "@/components/ui/problem";
import { TextLink } from "@/components/ui/text-link";
import { findRecovery } from "@/server/identity/recovery-links";
import { RecoverForm } from "./recover-form";

export const metadata: Metadata = { title: "New password" };

export default async function RecoverPage({ params }: { params: Promise<{ token: string }> }) {
  await connection();
  const { token } = await params;
  const recovery = await findRecovery(token, new Date());
  return (
    <>
      <h1>New password</h1>
      {recovery ? (
        <>
          <p className={styles.lead}>
            for {recovery.email}. This signs out all your sessions
            {recovery.dropsSecondFactor ? " and turns off the second factor" : ""}.
          </p>
          <RecoverForm token={token} email={recovery.email} />
        </>
      ) : (
        <>
          <p className={styles.lead}>This link can't be used to set one.</p>
          <Problem>This link was used or replaced, or has expired. Ask an owner for a new one.</Problem>
          <p className={styles.aside}>
            <TextLink href="/sign-in">Sign in</TextLink>
          </p>
        </>
      )}
    </>
  );
}
