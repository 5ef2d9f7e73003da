import { Empty } from "@/components/empty";
import { counted, percent } from "@/components/numbers";
import { Cell, type Column, RowName, Table } from "@/components/table";
import { monthInWords } from "@/components/when";
import { deploymentNames } from "@/server/deployment-names";
import type { MonthUsage } from "@/server/usage";
import { DeploymentName } from "./deployments/deployment-name";

const SITE: Column = { name: "Deployment", width: "44%" };
const POOL: Column = { name: "Allotment" };
const USED: Column = { name: "Used", end: true };
const SHARE: Column = { name: "Share", end: true };

/** Which deployment used how much of each pool of minutes in a month, the most first. */
export async function UsageTable({ usage, number }: { usage: MonthUsage; number: string }) {
  const month = monthInWords(usage.month);
  const rows = usage.allotments.flatMap(({ name, total, bySource }) =>
    bySource.map((part) => ({ name, total, ...part })).sort((a, b) => b.consumed - a.consumed),
  );
  if (usage.allotments.length === 0) return <Empty title="This license has seats only." />;
  if (rows.length === 0)
    return (
      <Empty title={`Nothing used in ${month} yet.`}>
        <p>A deployment shows up here within minutes of its first report.</p>
      </Empty>
    );
  const names = await deploymentNames(
    number,
    rows.map(({ source }) => source),
  );
  return (
    <Table caption={`Use by deployment in ${month}`} columns={[SITE, POOL, USED, SHARE]}>
      {rows.map(({ name, total, source, consumed }) => (
        <tr key={`${name} ${source}`}>
          <RowName>
            <DeploymentName source={source} name={names.get(source)} />
          </RowName>
          <Cell of={POOL}>{name}</Cell>
          <Cell of={USED}>{counted(consumed, "minute")}</Cell>
          <Cell of={SHARE}>{percent(consumed, total)}</Cell>
        </tr>
      ))}
    </Table>
  );
}
