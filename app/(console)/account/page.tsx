import type { Metadata } from "next";
import { PageHead } from "@/components/shell/page-head";
import { ROLE_LABELS } from "@/components/text/role-labels";
import { Empty } from "@/components/ui/empty";
import { Section } from "@/components/ui/section";
import { DEFAULT_STYLE } from "@/domain/dates/date-style";
import { zones } from "@/domain/dates/zone";
import { mailChoiceOf } from "@/server/alerts/mail-preferences";
import { sessionsOf } from "@/server/identity/own-sessions";
import { hasPassword } from "@/server/identity/password";
import { rolesWithFactor } from "@/server/identity/required-factor";
import { remainingRecoveryCodes } from "@/server/identity/second-factor";
import { ownAccount, ownDateStyle, principal } from "@/server/identity/session";
import { customerChoices } from "@/server/licenses/customers";
import { env } from "@/server/store/env";
import styles from "./account.module.css";
import { DatesForm } from "./dates-form";
import { MailForm } from "./mail-form";
import { PasswordForm } from "./password-form";
import { Preferring } from "./preferring";
import { ProfileForm } from "./profile-form";
import { SecondFactor } from "./second-factor";
import { EndOthers } from "./session-actions";
import { SessionTable } from "./session-table";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const who = await principal();
  if (who.seenBy) return <ForeignAccount name={who.name} />;
  const { id, email, session } = await ownAccount();
  const { style = DEFAULT_STYLE, unknownZone = null } = (await ownDateStyle()) ?? {};
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
              <strong>{ROLE_LABELS[who.role].name}</strong>
              {customers.length > 0 ? ` of ${customers.map(({ name }) => name).join(", ")}` : ""}.{" "}
              {ROLE_LABELS[who.role].can}
            </p>
          </div>
        </Section>
        {signsInByPassword ? (
          <>
            <Section title="Password" id="password" hint="Changing it signs out your other sessions.">
              <div className={styles.card}>
                <PasswordForm email={email} />
              </div>
            </Section>
            <Section
              title="Second factor"
              id="second-factor"
              hint="A code from an authenticator app, in addition to the password."
            >
              <SecondFactor
                codesLeft={await remainingRecoveryCodes(id)}
                isRequired={(await rolesWithFactor()).includes(who.role)}
              />
            </Section>
          </>
        ) : (
          <Section title="Password" id="password">
            <p>You sign in through your identity provider, so you have no password here.</p>
          </Section>
        )}
        <Section
          title="E-mails"
          id="notifications"
          hint={
            env().SMTP_URL
              ? `Sent to ${email}.`
              : "This installation has no mail server, so no e-mails are sent."
          }
        >
          <div className={styles.card}>
            <MailForm choice={await mailChoiceOf(id, who.role)} />
          </div>
        </Section>
        <Section
          title="Dates and times"
          id="dates"
          hint="For you, in the console and in e-mails. Validities and days of usage stay in UTC."
        >
          <div className={styles.card}>
            <DatesForm style={style} unknownZone={unknownZone} zones={zones()} />
          </div>
        </Section>
        <Section title="Preferences" id="preferences" hint="Saved in this browser.">
          <div className={styles.card}>
            <Preferring />
          </div>
        </Section>
        <Section
          title="Sessions"
          id="sessions"
          hint="Where you are signed in. A session ends 12 hours after sign-in, or after you last chose to stay."
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
      <Empty title={`Only ${name} can see and change their account.`}>
        You can't see this person's password, second factor and sessions.
      </Empty>
    </>
  );
}
