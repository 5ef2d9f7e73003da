import type { Metadata } from "next";
import { connection } from "next/server";
import { Problem } from "@/components/problem";
import { ROLE_WORDS } from "@/components/role-words";
import { TextLink } from "@/components/text-link";
import { findInvitation } from "@/server/invitations";
import styles from "../../sign-in.module.css";
import { AcceptForm } from "./accept-form";

export const metadata: Metadata = { title: "Invitation" };

export default async function InvitationPage({ params }: { params: Promise<{ token: string }> }) {
  await connection();
  const { token } = await params;
  const invitation = await findInvitation(token, new Date());
  return (
    <>
      <h1>You are invited</h1>
      {invitation ? (
        <>
          <p className={styles.lead}>
            You will sign in with {invitation.email}. Your role is{" "}
            {ROLE_WORDS[invitation.role].name.toLowerCase()}.
          </p>
          <AcceptForm token={token} email={invitation.email} />
        </>
      ) : (
        <>
          <p className={styles.lead}>to Signet, but this link doesn't work.</p>
          <Problem>This link was used or withdrawn, or has expired. Ask an owner for a new one.</Problem>
          <p className={styles.aside}>
            <TextLink href="/sign-in">Sign in</TextLink>
          </p>
        </>
      )}
    </>
  );
}
