import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { connection } from "next/server";
import styles from "@/app/(sign-in)/sign-in.module.css";
import { Problem } from "@/components/ui/problem";
import { TextLink } from "@/components/ui/text-link";
import { findSubscriber, type Subscriber } from "@/server/alerts/unsubscribing";
import { endMails } from "./actions";

export const metadata: Metadata = { title: "Unsubscribe" };

type Props = { params: Promise<{ token: string }> };

export default async function UnsubscribePage({ params }: Props) {
  await connection();
  const { token } = await params;
  const person = await findSubscriber(token);
  if (!person) return <NoSuchLink />;
  return (
    <>
      <h1>{person.isSubscribed ? "Unsubscribe" : "Unsubscribed"}</h1>
      <p className={styles.lead}>{leadFor(person)}</p>
      {person.isSubscribed ? (
        <form action={endMails} className={styles.form}>
          <input type="hidden" name="token" value={token} />
          <Button type="submit">Turn off e-mails about alerts</Button>
        </form>
      ) : null}
      <p className={styles.aside}>
        <TextLink href="/account#notifications">Choose how often you get e-mails</TextLink>
      </p>
    </>
  );
}

function leadFor({ email, isSubscribed }: Subscriber): string {
  return isSubscribed
    ? `${email} gets e-mails about license alerts.`
    : `${email} gets no e-mails about license alerts. The console still shows them.`;
}

function NoSuchLink() {
  return (
    <>
      <h1>Unsubscribe</h1>
      <p className={styles.lead}>This link can't be used.</p>
      <Problem>
        The link is incomplete, or its account was removed. Copy the whole link from the e-mail.
      </Problem>
      <p className={styles.aside}>
        <TextLink href="/sign-in">Sign in</TextLink>
      </p>
    </>
  );
}
