import type { Metadata } from "next";
import { ReleaseEverywhere } from "@/app/(console)/users/[number]/[instance]/release-everywhere";
import { PageHead } from "@/components/shell/page-head";
import { TextLink } from "@/components/ui/text-link";
import { shownSubject } from "@/domain/offline/hashed-subject";
import { whyNot } from "@/domain/roles";
import { SeatSection } from "./seat-section";
import { TraceSections } from "./trace-sections";
import styles from "./user.module.css";
import { summaryText } from "./user-facts";
import { type UserParams, userOfPage } from "./user-of-page";

const ERASED = "Name erased";

export async function generateMetadata(props: UserParams): Promise<Metadata> {
  const { subject } = (await userOfPage(props)).user;
  return { title: subject === null ? ERASED : shownSubject(subject) };
}

/** A user over all licenses that the person may see. The address names a seat, never the user. */
export default async function UserPage(props: UserParams) {
  const { who, user, now } = await userOfPage(props);
  const { subject } = user;
  const why = whyNot(who, "assignments.write");
  return (
    <>
      <PageHead title={subject === null ? ERASED : shownSubject(subject)}>
        {subject === null ? null : (
          <ReleaseEverywhere key={subject} subject={subject} seats={user.seats.length} why={why} />
        )}
      </PageHead>
      <p className={styles.summary}>{summaryText(user)}</p>
      <p className={styles.back}>
        <TextLink href="/users">Back to users</TextLink>
      </p>
      <SeatSection user={user} why={why} now={now} />
      <TraceSections user={user} now={now} />
    </>
  );
}
