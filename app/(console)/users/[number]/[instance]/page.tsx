import type { Metadata } from "next";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { ReleaseEverywhere } from "@/app/(console)/users/[number]/[instance]/release-everywhere";
import { NamesHidden } from "@/app/(console)/users/names-hidden";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { shownSubject } from "@/domain/offline/hashed-subject";
import { whyNot } from "@/domain/roles";
import type { User } from "@/server/users/user";
import { SeatSection } from "./seat-section";
import { TraceSections } from "./trace-sections";
import styles from "./user.module.css";
import { summaryText } from "./user-facts";
import { type UserParams, userOfPage } from "./user-of-page";

export async function generateMetadata(props: UserParams): Promise<Metadata> {
  const { user } = await userOfPage(props);
  return { title: user ? titleOf(user) : "User" };
}

/** A user over all licenses that the person may see. The address names a seat, never the user. */
export default async function UserPage(props: UserParams) {
  const { who, user, now } = await userOfPage(props);
  if (!user) return <NamesHidden title="User" role={who.role} />;
  const { subject } = user;
  const why = whyNot(who, "assignments.write");
  return (
    <>
      <PageHead title={titleOf(user)}>
        {subject === null ? null : (
          <ReleaseEverywhere key={subject} subject={subject} seats={user.seats.length} why={why} />
        )}
      </PageHead>
      <p className={styles.summary}>{summaryText(user, await dateStyle())}</p>
      <p className={styles.back}>
        <TextLink href="/users">Back to users</TextLink>
      </p>
      <SeatSection user={user} why={why} now={now} />
      <TraceSections user={user} now={now} />
    </>
  );
}

function titleOf({ subject }: User): string {
  return subject === null ? "Name erased" : shownSubject(subject);
}
