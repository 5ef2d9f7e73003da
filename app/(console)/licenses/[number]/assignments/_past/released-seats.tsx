import { pageAt } from "@/app/(console)/_list/paging";
import { DeploymentName } from "@/app/(console)/licenses/[number]/deployments/deployment-name";
import { When } from "@/components/text/when";
import { Empty } from "@/components/ui/empty";
import { Cell, type Column, RowName, Table } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import { countReleased, listReleased } from "@/server/assignments/lists/released-seats";
import { deploymentNames } from "@/server/deployments/deployment-names";
import { PastFoot } from "./past-foot";

type Props = { number: string; q: string; trail: string | null; now: Date };

const LIMIT = 100;
const SUBJECT: Column = { name: "User", width: "28%" };
const ALLOTMENT: Column = { name: "Allotment" };
const SITE: Column = { name: "Deployment", priority: 3 };
const CREATED: Column = { name: "Assigned", priority: 3 };
const RELEASED: Column = { name: "Released" };

/** Seats released in the last 60 days. Their names were erased; `q` still finds a whole name by its hash. */
export async function ReleasedSeats({ number, q, trail, now }: Props) {
  const page = await pageAt(trail, (cursor) => listReleased(number, { query: q, limit: LIMIT, cursor }));
  if (page.items.length === 0)
    return (
      <Empty
        title={
          q ? "No user with exactly this name was released." : "No users were released in the last 60 days."
        }
      >
        {q ? <TextLink href={`/licenses/${number}/assignments?view=released`}>Clear filters</TextLink> : null}
      </Empty>
    );
  const names = await deploymentNames(
    number,
    page.items.map(({ source }) => source),
  );
  const list = `/licenses/${number}/assignments?${new URLSearchParams({ view: "released", ...(q ? { q } : {}) })}`;
  return (
    <Table
      caption="Released, newest first"
      columns={[SUBJECT, ALLOTMENT, SITE, CREATED, RELEASED]}
      foot={
        <PastFoot
          unit="release"
          total={await countReleased(number, q)}
          list={list}
          trail={trail}
          next={page.cursor}
        />
      }
    >
      {page.items.map(({ instance, allotment, source, created, released }) => (
        <tr key={instance}>
          <RowName>Name erased</RowName>
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
