import type { Metadata } from "next";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page-head";
import { Preferring } from "@/components/preferring";
import { ROLE_WORDS } from "@/components/role-words";
import { Section } from "@/components/section";
import { customerChoices } from "@/server/customers";
import { sessionsOf } from "@/server/own-sessions";
import { hasPassword } from "@/server/password";
import { recoveryCodesLeft } from "@/server/second-factor";
import { ownAccount, principal } from "@/server/session";
import styles from "./account.module.css";
import { PasswordForm } from "./password-form";
import { ProfileForm } from "./profile-form";
import { SecondFactor } from "./second-factor";
import { EndOthers } from "./session-actions";
import { SessionTable } from "./session-table";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const who = await principal();
  if (who.seenBy) return <ForeignAccount name={who.name} />;
  const { id, email, session } = await ownAccount();
  const now = new Date();
  const sessions = await sessionsOf(id, now);
  const signsInByPassword = await hasPassword(id);
  const customers = who.role === "license-admin" ? await customerChoices(who) : [];
  return (
    <>
      <PageHead title="Account" />
      <div className={styles.page}>
        <Section title="Profile" id="profile" hint={`You sign in as ${email}.`}>
          <div className={styles.card}>
            <ProfileForm name={who.name} />
            <p className={styles.role}>
              <strong>{ROLE_WORDS[who.role].name}</strong>
              {customers.length > 0 ? ` of ${customers.map(({ name }) => name).join(", ")}` : ""}.{" "}
              {ROLE_WORDS[who.role].can}
            </p>
          </div>
        </Section>
        {signsInByPassword ? (
          <>
            <Section title="Password" id="password" hint="A change signs you out everywhere else.">
              <div className={styles.card}>
                <PasswordForm email={email} />
              </div>
            </Section>
            <Section
              title="Second factor"
              id="second-factor"
              hint="A code of an authenticator app beside the password."
            >
              <SecondFactor codesLeft={await recoveryCodesLeft(id)} />
            </Section>
          </>
        ) : (
          <Section title="Password" id="password">
            <p>You sign in through your identity provider. There is no password of yours here.</p>
          </Section>
        )}
        <Section title="Preferences" id="preferences" hint="They are kept in this browser.">
          <div className={styles.card}>
            <Preferring />
          </div>
        </Section>
        <Section
          title="Sessions"
          id="sessions"
          hint="Where you are signed in. Each ends 12 hours after it began, or after you chose to stay."
          actions={<EndOthers others={sessions.length - 1} />}
        >
          <SessionTable sessions={sessions} here={session.id} now={now} />
        </Section>
      </div>
    </>
  );
}

function ForeignAccount({ name }: { name: string }) {
  return (
    <>
      <PageHead title="Account" />
      <Empty title={`The account of ${name} is theirs alone.`}>
        Password, second factor and sessions are not shown to you.
      </Empty>
    </>
  );
}
