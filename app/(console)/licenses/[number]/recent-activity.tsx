import { shownLabel } from "@/app/(console)/audit/audit-labels";
import { When } from "@/components/text/when";
import { Section } from "@/components/ui/section";
import { TextLink } from "@/components/ui/text-link";
import type { Principal } from "@/server/access/gate";
import { listShown } from "@/server/audit/log";
import { eventNames } from "@/server/audit/names";
import styles from "./recent-activity.module.css";

type Props = { who: Principal; number: string; now: Date };

const LATEST = 10;

/** The latest audit events of a license, each linked to the audit. */
export async function RecentActivity({ who, number, now }: Props) {
  const { items } = await listShown(who, { chain: number, limit: LATEST });
  const namesOf = await eventNames(items);
  const audit = `/licenses/${number}/audit`;
  return (
    <Section
      title="Recent activity"
      id="lately"
      hint={`Up to ${LATEST} events, newest first.`}
      actions={<TextLink href={audit}>All events</TextLink>}
    >
      <ol className={styles.events}>
        {items.map((event) => {
          const names = namesOf(event);
          return (
            <li key={event.id}>
              <TextLink href={`${audit}?${new URLSearchParams({ open: event.id })}`}>
                {shownLabel(event)}
              </TextLink>
              <span className={styles.names}>
                {names.on}, by {names.who}
              </span>
              <When at={event.at} now={now} />
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
