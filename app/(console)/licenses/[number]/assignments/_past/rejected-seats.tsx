import { pageAt } from "@/app/(console)/_list/paging";
import { RaiseLink } from "@/app/(console)/licenses/[number]/definition/_dialogs/raise-link";
import { DeploymentName } from "@/app/(console)/licenses/[number]/deployments/deployment-name";
import { count } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { ActionButton } from "@/components/ui/action-button";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { ShownText } from "@/components/ui/shown-text";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { hashIn, shownSubject } from "@/domain/offline/hashed-subject";
import { rejectionTitle } from "@/domain/refusals/seat-refusals";
import { countRejections, listRejections, type Rejection } from "@/server/assignments/lists/rejections";
import { deploymentNames } from "@/server/deployments/deployment-names";
import { PastFoot } from "./past-foot";
import styles from "./rejected-seats.module.css";

type Props = {
  number: string;
  q: string;
  trail: string | null;
  now: Date;
  /** Why nobody can be assigned; null if assigning is possible. */
  why: string | null;
  /** Why the person can't raise units; null if they can. */
  whyNotRaise: string | null;
};

const LIMIT = 100;
const SUBJECT: Column = { name: "User", width: "26%" };
const ALLOTMENT: Column = { name: "Allotment" };
const WHY: Column = { name: "Reason" };
const TIMES: Column = { name: "Times", end: true, width: "72px" };
const SITE: Column = { name: "Deployment", priority: 3 };
const LAST: Column = { name: "Last", width: "154px", priority: 3 };
const NEXT: Column = { name: "Next step", width: "208px" };

/** The page of the license where the reason for a rejection can be fixed. */
const CHANGES: Record<string, { words: string; page: string }> = {
  LICENSE_NOT_VALID: { words: "Renew license", page: "?renew=true" },
  AUTO_ASSIGN_OFF: { words: "Turn on auto-assign", page: "/settings#auto-assign" },
};

/** Rejected assignments of the last 30 days, and what can be done about each. `q` matches a whole name only. */
export async function RejectedSeats({ number, q, trail, now, why, whyNotRaise }: Props) {
  const page = await pageAt(trail, (cursor) => listRejections(number, { query: q, limit: LIMIT, cursor }));
  if (page.items.length === 0)
    return (
      <Empty
        title={
          q
            ? "No user with exactly this name was rejected in the last 30 days."
            : "No users were rejected in the last 30 days."
        }
      >
        {q ? <TextLink href={`/licenses/${number}/assignments?view=rejected`}>Clear filters</TextLink> : null}
      </Empty>
    );
  const names = await deploymentNames(
    number,
    page.items.map(({ source }) => source),
  );
  const list = `/licenses/${number}/assignments?${new URLSearchParams({ view: "rejected", ...(q ? { q } : {}) })}`;
  return (
    <Table
      caption="Rejected, newest first"
      columns={[SUBJECT, ALLOTMENT, WHY, TIMES, SITE, LAST, NEXT]}
      foot={
        <PastFoot
          unit="rejection"
          total={await countRejections(number, q)}
          list={list}
          trail={trail}
          next={page.cursor}
        />
      }
    >
      {page.items.map((rejection) => (
        <tr key={`${rejection.subject} ${rejection.allotment} ${rejection.code} ${rejection.source}`}>
          <RowName>
            <bdi title={rejection.subject}>
              <ShownText of={shownSubject(rejection.subject)} />
            </bdi>
          </RowName>
          <Cell of={ALLOTMENT}>{rejection.allotment}</Cell>
          <Cell of={WHY}>{rejectionTitle(rejection.code) ?? rejection.code}</Cell>
          <Cell of={TIMES}>{count(rejection.times)}</Cell>
          <Cell of={SITE}>
            <DeploymentName source={rejection.source} name={names.get(rejection.source)} />
          </Cell>
          <Cell of={LAST}>
            <When at={rejection.last} now={now} />
          </Cell>
          <Cell of={NEXT}>
            <ListLinks {...{ number, rejection, why, whyNotRaise }} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

type WaysProps = Pick<Props, "number" | "why" | "whyNotRaise"> & { rejection: Rejection };

/** Links to assign the seat by hand, and to fix the reason for the rejection. */
function ListLinks({ number, rejection: { subject, allotment, code }, why, whyNotRaise }: WaysProps) {
  const change = CHANGES[code];
  const license = `/licenses/${number}`;
  const assign = new URLSearchParams({ assign: "true", subject, into: allotment });
  return (
    <span className={styles.ways}>
      {hashIn(subject) ? null : why ? (
        <ActionButton variant="default" size="compact-sm" why={why} aria-label={`Assign ${subject}`}>
          Assign…
        </ActionButton>
      ) : (
        <Link href={`${license}/assignments?${assign}`} aria-label={`Assign ${subject}…`}>
          Assign…
        </Link>
      )}
      {code === "NO_AVAILABLE_UNITS" ? (
        <RaiseLink
          {...{ number, allotment }}
          why={whyNotRaise}
          label={`Raise units, for ${shownSubject(subject)}`}
          size="compact-sm"
        />
      ) : null}
      {change ? (
        <Link href={`${license}${change.page}`} aria-label={`${change.words}, for ${shownSubject(subject)}`}>
          {change.words}
        </Link>
      ) : null}
    </span>
  );
}
