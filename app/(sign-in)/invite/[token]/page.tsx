import type { Metadata } from "next";
import { connection } from "next/server";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { Problem } from "@/components/ui/problem";
import { TextLink } from "@/components/ui/text-link";
import { findInvitation } from "@/server/identity/invitations";
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
            {ROLE_LABELS[invitation.role].name.toLowerCase()}.
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
