import { Empty } from "@/components/empty";
import { count } from "@/components/numbers";
import { Pager } from "@/components/pager";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { When } from "@/components/when";
import { deploymentNames } from "@/server/deployment-names";
import { listRejections } from "@/server/rejections";
import { listReleased } from "@/server/released-seats";
import { firstPageOnBadCursor } from "../../../paging";
import { DeploymentName } from "../deployments/deployment-name";

type Parts = { number: string; q: string; cursor?: string; now: Date };

const LIMIT = 100;
const SUBJECT: Column = { name: "Subject", width: "28%" };
const ALLOTMENT: Column = { name: "Allotment" };
const WHY: Column = { name: "Why" };
const TIMES: Column = { name: "Times", end: true };
const SITE: Column = { name: "Deployment", priority: 3 };
const LAST: Column = { name: "Last" };
const CREATED: Column = { name: "Assigned", priority: 3 };
const RELEASED: Column = { name: "Released" };

const REASONS: Record<string, string> = {
  NO_AVAILABLE_UNITS: "No seat was free",
  LICENSE_NOT_VALID: "License not valid",
  AUTO_ASSIGN_OFF: "Auto-assign is off",
  NOT_ASSIGNABLE: "Counts minutes",
};

/** Who asked for a seat and did not get it, in the last 30 days. */
export async function RejectedSeats({ number, cursor, now }: Parts) {
  const page = await firstPageOnBadCursor(cursor, (from) =>
    listRejections(number, { limit: LIMIT, cursor: from }),
  );
  if (page.items.length === 0) return <Empty title="Nobody was refused a seat in the last 30 days." />;
  const names = await deploymentNames(
    number,
    page.items.map(({ source }) => source),
  );
  const list = `/licenses/${number}/assignments?view=rejected`;
  return (
    <Table
      caption="Rejected, the latest first"
      columns={[SUBJECT, ALLOTMENT, WHY, TIMES, SITE, LAST]}
      foot={<PastPager list={list} isFirst={!cursor} cursor={page.cursor} />}
    >
      {page.items.map(({ subject, allotment, code, source, last, times }) => (
        <tr key={`${subject} ${allotment} ${code} ${source}`}>
          <RowName>
            <bdi title={subject}>{subject}</bdi>
          </RowName>
          <Cell of={ALLOTMENT}>{allotment}</Cell>
          <Cell of={WHY}>{REASONS[code] ?? code}</Cell>
          <Cell of={TIMES}>{count(times)}</Cell>
          <Cell of={SITE}>
            <DeploymentName source={source} name={names.get(source)} />
          </Cell>
          <Cell of={LAST}>
            <When at={last} now={now} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

/** Seats that ended in the last 60 days. Their names were erased; a whole name in `q` still finds its own. */
export async function ReleasedSeats({ number, q, cursor, now }: Parts) {
  const page = await firstPageOnBadCursor(cursor, (from) =>
    listReleased(number, { query: q, limit: LIMIT, cursor: from }),
  );
  if (page.items.length === 0)
    return (
      <Empty
        title={q ? "Nobody of exactly this name was released." : "Nobody was released in the last 60 days."}
      />
    );
  const names = await deploymentNames(
    number,
    page.items.map(({ source }) => source),
  );
  const list = `/licenses/${number}/assignments?${new URLSearchParams({ view: "released", ...(q ? { q } : {}) })}`;
  return (
    <Table
      caption="Released, the latest first"
      columns={[SUBJECT, ALLOTMENT, SITE, CREATED, RELEASED]}
      foot={<PastPager list={list} isFirst={!cursor} cursor={page.cursor} />}
    >
      {page.items.map(({ instance, allotment, source, created, released }) => (
        <tr key={instance}>
          <RowName>Subject erased</RowName>
          <Cell of={ALLOTMENT}>{allotment}</Cell>
          <Cell of={SITE}>
            {source === "admin" ? "Console" : <DeploymentName source={source} name={names.get(source)} />}
          </Cell>
          <Cell of={CREATED}>
            <When at={created} now={now} />
          </Cell>
          <Cell of={RELEASED}>
            <When at={released} now={now} />
          </Cell>
        </tr>
      ))}
    </Table>
  );
}

function PastPager({ list, isFirst, cursor }: { list: string; isFirst: boolean; cursor: string | null }) {
  const next = cursor ? `${list}&${new URLSearchParams({ cursor })}` : null;
  return <Pager first={isFirst ? null : list} next={next} nextName="Older" />;
}
