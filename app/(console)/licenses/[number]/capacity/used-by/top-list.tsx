import { capacitySearch } from "@/app/(console)/licenses/[number]/capacity/search-params";
import { count } from "@/components/text/numbers";
import { ActionLink } from "@/components/ui/action-link";
import { Section } from "@/components/ui/section";
import { StateBadge } from "@/components/ui/state-badge";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { BreakEven } from "@/domain/consumption/seat-price";
import type { TopKind } from "@/domain/consumption/session";
import { type SessionSums, type Top, type TopsOf, topsOf } from "@/server/consumption/sessions/session-tops";
import { usedBySearch } from "./search-params";
import styles from "./used-by.module.css";
import { breakEvenText, LISTS, shareText, topLabel } from "./used-by-labels";

type Props = {
  of: Omit<TopsOf, "limit">;
  sums: SessionSums;
  /** When a seat costs less; null if the license doesn't tell, and in lists that aren't about users. */
  price: BreakEven | null;
  keepsNames: boolean;
};

const SHOWN = 20;
const MINUTES: Column = { name: "Minutes", width: "104px", end: true };
const SHARE: Column = { name: "Share", width: "26%" };
const SESSIONS: Column = { name: "Sessions", width: "104px", end: true, priority: 2 };
const FULL = "100%";

/** The users, apps or deployments with the most minutes of a month. */
export async function TopList({ of, sums, price, keepsNames }: Props) {
  const { kind, license, meter, month } = of;
  const tops = await topsOf({ ...of, limit: SHOWN }, sums);
  const { title, one } = LISTS[kind];
  const columns = [{ name: one }, MINUTES, SHARE, SESSIONS];
  const most = tops[0]?.minutes ?? 1;
  const isAbove = ({ key, minutes }: Top) => price !== null && key !== "" && minutes >= price.minutes;
  const path = `/licenses/${license}/capacity/used-by`;
  const exported = capacitySearch(`/licenses/${license}/capacity/used-by/export`, {
    month,
    allotment: meter.name,
  });
  return (
    <Section
      title={title}
      id={`top-${kind}`}
      hint={hintOf(kind, { license, keepsNames, withNames: of.withNames })}
      actions={
        of.within ? null : (
          <ActionLink href={`${exported}&of=${kind}`} isFile>
            Export CSV
          </ActionLink>
        )
      }
    >
      {price ? <p className={styles.price}>{breakEvenText(price, tops.filter(isAbove).length)}</p> : null}
      <Table caption={`${title} with the most minutes`} columns={columns}>
        {tops.map((top) => (
          <tr key={top.key}>
            <RowName>
              <span className={styles.name}>
                <bdi>
                  {top.key === "" ? (
                    topLabel(kind, top)
                  ) : (
                    <TextLink href={usedBySearch(path, { month, allotment: meter.name, kind, key: top.key })}>
                      {topLabel(kind, top)}
                    </TextLink>
                  )}
                </bdi>
                {isAbove(top) ? <StateBadge state="near">A seat costs less</StateBadge> : null}
              </span>
            </RowName>
            <Cell of={MINUTES}>{count(top.minutes)}</Cell>
            <Cell of={SHARE}>
              <span className={styles.share}>
                <svg className={styles.bar} width={FULL} height="8" aria-hidden>
                  <rect width={`${(100 * top.minutes) / most}%`} height="8" rx="2" />
                </svg>
                {shareText(top, sums)}
              </span>
            </Cell>
            <Cell of={SESSIONS}>{count(top.sessions)}</Cell>
          </tr>
        ))}
      </Table>
    </Section>
  );
}

type About = { license: string; keepsNames: boolean; withNames: boolean };

function hintOf(kind: TopKind, { license, keepsNames, withNames }: About) {
  if (kind !== "user") return undefined;
  if (!withNames) return "Your role doesn't show names of users.";
  if (keepsNames) return undefined;
  return (
    <>
      This license doesn't keep names beside sessions. Turn them on in{" "}
      <TextLink href={`/licenses/${license}/settings#sessions`}>Settings</TextLink>; later sessions then have
      them.
    </>
  );
}
