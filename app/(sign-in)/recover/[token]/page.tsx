import type { Metadata } from "next";
import { connection } from "next/server";
import { Problem } from "@/components/problem";
import { TextLink } from "@/components/text-link";
import { findRecovery } from "@/server/recovery-links";
import styles from "../../sign-in.module.css";
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
