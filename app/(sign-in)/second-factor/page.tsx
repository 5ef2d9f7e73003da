import type { Metadata } from "next";
import { TextLink } from "@/components/text-link";
import { hasPassword } from "@/server/password";
import { ownAccount } from "@/server/session";
import { ownPath } from "../own-path";
import styles from "../sign-in.module.css";
import { EnrolForm } from "./enrol-form";

export const metadata: Metadata = { title: "Second factor" };

export default async function SecondFactorPage({
  searchParams,
}: {
  searchParams: Promise<{ next?: string }>;
}) {
  const next = ownPath((await searchParams).next);
  const { id, hasSecondFactor } = await ownAccount();
  const why = await whyNotNow(id, hasSecondFactor);
  return (
    <>
      <h1>Second factor</h1>
      {why ? (
        <>
          <p className={styles.lead}>{why}</p>
          <TextLink href={next}>Go on</TextLink>
        </>
      ) : (
        <>
          <p className={styles.lead}>
            A code of your phone beside the password: then a password that leaks opens nothing.
          </p>
          <EnrolForm next={next} />
        </>
      )}
    </>
  );
}

async function whyNotNow(id: string, hasSecondFactor: boolean): Promise<string | null> {
  if (hasSecondFactor) return "It is on already. You can turn it off under Account.";
  if (await hasPassword(id)) return null;
  return "You sign in through your identity provider, which asks for a second factor itself.";
}
